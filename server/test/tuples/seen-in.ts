import assert from 'node:assert/strict'
import type { Question } from './question.ts'

const limited = 'ageEstimated ageMonths breed careNotes color id name neutered photoUrl sex species weightGrams'
const full =
  'birthDate birthDateEstimated breed careNotes color createdAt deceasedOn id microchip microchippedOn name neutered owners photoUrl sex ' +
  'species updatedAt weightGrams'

/** What an answer shows, in the words of the model. */
// biome-ignore lint/suspicious/noExplicitAny: a body is what it is asserted to be
export function seenIn({ operation, pet }: Question, body: any): readonly string[] | string {
  if (operation === 'getPet') {
    assert.equal(body.id, pet.id)
    return { [limited]: 'limited', [full]: 'full' }[Object.keys(body).toSorted().join(' ')] ?? 'something else'
  }
  return wordsIn(operation, body).toSorted()
}

// biome-ignore lint/suspicious/noExplicitAny: a body is what it is asserted to be
function wordsIn(operation: string, body: any): string[] {
  type Item = Record<string, never>
  if (operation === 'getVaccinationStatus')
    return body.requirements.map(({ vaccine, status }: Item) => `${vaccine} ${status}`)
  if (operation === 'listMedicalRecordVersions') return body.items.map(({ version }: Item) => String(version))
  if (operation === 'listProblems') return body.problems.map(({ recordId }: Item) => recordId)
  if (/^(listMedications|getWeightHistory|listAppointmentAlerts)$/.test(operation))
    return body.medications ?? body.points ?? body.alerts
  if (operation === 'listAuditEvents') return body.items.flatMap(({ recordIds }: Item) => recordIds)
  return (body.items ?? [body]).map(({ id }: Item) => id)
}
