import { Invalid } from '../../platform/errors.ts'
import type { DataKey } from '../../platform/keys/data-key.ts'
import { IntegrityError, open, type Place, seal } from '../../platform/keys/envelope.ts'
import { DamagedRecord } from './sealed-content.ts'

const MOST_CHARACTERS = 200

/**
 * A file's name as it is kept: without folders, and without characters that cannot be seen or that turn the others around.
 * @throws Invalid 400 when it is too long
 */
export function documentName(given: string): string {
  const name = (given.split(/[\\/]/).at(-1) as string)
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
  if (name.length > MOST_CHARACTERS) {
    throw new Invalid('request.invalid', [
      { pointer: '/body/file', message: `must have a name of at most ${MOST_CHARACTERS} characters` },
    ])
  }
  return name === '' || name === '.' || name === '..' ? 'document' : name
}

export function sealName(key: DataKey, documentId: string, name: string): Buffer {
  return seal(key, name, placeOf(key, documentId))
}

/** @throws DamagedRecord when it does not open, or there is no key to open it with */
export function openName(key: DataKey | undefined, recordId: string, document: { id: string; name: Buffer }): string {
  if (!key) throw new DamagedRecord(recordId)
  try {
    return open(key, document.name, placeOf(key, document.id)).toString()
  } catch (error) {
    throw error instanceof IntegrityError ? new DamagedRecord(recordId) : error
  }
}

function placeOf({ subjectId }: DataKey, rowId: string): Place {
  return { table: 'medical_documents', column: 'name', rowId, version: 1, subjectId }
}
