import assert from 'node:assert/strict'
import { attach, form, pdf } from '../../src/features/medical-records/test-documents.ts'
import type { House } from '../setup.ts'
import type { Cast } from './cast.ts'
import type { Pets } from './stage-pets.ts'
import { type Records, secret } from './stage-records.ts'

/** The paths of a document in the record that Maya reported of Rex, and of one in that of Otto. */
export type Documents = Readonly<Record<'reported' | 'ottos', string>>

export async function openDocuments(
  house: House,
  { ids }: Cast,
  { rex, otto }: Pets,
  { reported, ottos }: Records,
): Promise<Documents> {
  const added = async (as: string | null, petId: string, recordId: string): Promise<string> => {
    const { status, body } = await attach(house, as, petId, recordId, form(pdf(), `${secret}.pdf`))
    assert.equal(status, 201)
    return body.url
  }
  await house.call('POST', `/pets/${otto}/emergency-access`, { as: ids.okafor, body: { reason: secret } })
  const documents = { reported: await added(ids.maya, rex, reported), ottos: await added(ids.okafor, otto, ottos) }
  await house.sql('update emergency_accesses set expires_at = now() where pet_id = $1', [otto])
  return documents
}
