import { hash } from 'node:crypto'
import type { MedicalRecord } from '@petra/contract'
import type { DataKey } from '../../platform/keys/data-key.ts'
import { IntegrityError, open, type Place, seal } from '../../platform/keys/envelope.ts'

/** What nobody without access reads: sealed as one cell under the pet's key. */
export type Content = Pick<MedicalRecord, 'description' | 'details'>

/** One version of a record, which its seals are bound to. */
export interface VersionOf {
  readonly id: string
  readonly version: number
}

type SealedVersion = VersionOf & { readonly content: Buffer }

type SealedTable = 'medical_records' | 'medical_record_versions'

/** A record whose content does not open: altered, moved, or its key is gone. */
export class DamagedRecord extends IntegrityError {
  readonly recordId: string
  constructor(recordId: string) {
    super()
    this.recordId = recordId
  }
}

export function sealContent(
  key: DataKey,
  table: SealedTable,
  of: VersionOf,
  { description, details }: Content,
): Buffer {
  return seal(key, JSON.stringify({ description, details }), placeOf(key, table, 'content', of))
}

/** @throws DamagedRecord when it does not open, or there is no key to open it with */
export function openContent(key: DataKey | undefined, table: SealedTable, row: SealedVersion): Content {
  return JSON.parse(openWrittenContent(key, table, row).toString())
}

/**
 * The content as the JSON that was sealed, in UTF-8.
 * @throws DamagedRecord when it does not open, or there is no key to open it with
 */
export function openWrittenContent(key: DataKey | undefined, table: SealedTable, row: SealedVersion): Buffer {
  return opened(key, table, 'content', row, row.content)
}

export function sealReason(key: DataKey, of: VersionOf, reason: string | null): Buffer | null {
  return reason === null ? null : seal(key, reason, placeOf(key, 'medical_record_versions', 'reason', of))
}

/** @throws DamagedRecord when it does not open, or there is no key to open it with */
export function openReason(key: DataKey | undefined, row: VersionOf & { reason: Buffer | null }): string | null {
  return row.reason && opened(key, 'medical_record_versions', 'reason', row, row.reason).toString()
}

/** SHA-256 of a sealed cell, in hex: with it in the trail, a row put back as a whole is found. */
export function contentHash(sealed: Buffer): string {
  return hash('sha256', sealed, 'hex')
}

function opened(key: DataKey | undefined, table: SealedTable, column: string, of: VersionOf, sealed: Buffer): Buffer {
  if (!key) throw new DamagedRecord(of.id)
  try {
    return open(key, sealed, placeOf(key, table, column, of))
  } catch (error) {
    throw error instanceof IntegrityError ? new DamagedRecord(of.id) : error
  }
}

function placeOf(key: DataKey, table: SealedTable, column: string, { id, version }: VersionOf): Place {
  return { table, column, rowId: id, version, subjectId: key.subjectId }
}
