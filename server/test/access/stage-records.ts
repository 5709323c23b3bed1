import { add } from '../../src/features/medical-records/test-records.ts'
import type { House } from '../setup.ts'
import type { Cast, Persona } from './cast.ts'
import type { Pets } from './stage-pets.ts'

/** What every record says, in one word that no other text has. */
export const secret = 'furosemide'

/** Record ids. Of Rex: three that Maya reported, two that Dr. Lind found, a visit note and a prescription of hers; of Mimi: Sam's; of Otto: one that Dr. Okafor found. */
export type Records = Readonly<
  Record<
    'reported' | 'unverified' | 'taken back' | 'found' | 'mistaken' | 'noted' | 'prescribed' | 'mimis' | 'ottos',
    string
  >
>

/** Dr. Okafor's emergency access to Mimi stays open; Dr. Lind's, and the one that let Dr. Okafor treat Otto, are over; Lea, no vet any more, has one left. */
export async function openRecords(house: House, { ids }: Cast, { rex, mimi, otto, pip }: Pets): Promise<Records> {
  const entry = async (by: Persona, petId: string, type: string, details: object): Promise<string> => {
    const body = { type, occurredOn: '2026-03-30', description: secret, details }
    return (await add(house, ids[by] as string, petId, body)).id
  }
  const declareEmergency = (by: Persona, petId: string) =>
    house.call('POST', `/pets/${petId}/emergency-access`, { as: ids[by], body: { reason: secret } })

  await declareEmergency('okafor', otto)
  await declareEmergency('lind', mimi)
  const records = {
    reported: await entry('maya', rex, 'vaccination', { vaccine: 'rabies', lotNumber: secret }),
    unverified: await entry('maya', rex, 'allergy', { substance: secret, severity: 'severe' }),
    'taken back': await entry('maya', rex, 'note', {}),
    found: await entry('lind', rex, 'diagnosis', { name: secret }),
    mistaken: await entry('lind', rex, 'diagnosis', { name: secret }),
    noted: await entry('lind', rex, 'visit-note', { subjective: secret }),
    prescribed: await entry('lind', rex, 'medication', { name: secret, refillsAllowed: 99 }),
    mimis: await entry('sam', mimi, 'note', {}),
    ottos: await entry('okafor', otto, 'note', {}),
  }
  await house.sql('update emergency_accesses set expires_at = now()')
  await declareEmergency('okafor', mimi)
  await house.sql('update emergency_accesses set account_id = $2 where pet_id = $1 and expires_at > now()', [
    mimi,
    ids.lea,
  ])
  await declareEmergency('okafor', mimi)

  await declareEmergency('okafor', pip)
  await declareEmergency('moss', pip)
  for (const by of ['lind', 'okafor', 'moss'] as const) {
    await house.call('GET', `/pets/${pip}/medical-records`, { as: ids[by] })
  }
  return records
}
