import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Db } from '../database/database.ts'
import { transact } from '../database/database.ts'
import { isOurReceipt, readReceipt } from './destruction-receipts.ts'
import {
  deleteDocumentKeysUnder,
  destroyDataKeyRows,
  insertReceipts,
  selectKeysThatAreThere,
  selectReceipts,
} from './destruction-rows.ts'
import type { Keyring } from './keyring.ts'
import { readSecretFile } from './secret-file.ts'

/** The folder of the keyring, which is kept apart from the database and its backups. */
interface Kept {
  readonly db: Db
  readonly keyring: Keyring
  readonly folder: string
}

/**
 * Adds the receipts of a subject's keys to the ledger beside the keyring, a line each. What it has twice counts once.
 * @throws Error when the file cannot be written
 */
export async function keepReceipts({ db, folder }: Omit<Kept, 'keyring'>, subjectId: string | null): Promise<void> {
  const receipts = await db.rows<{ receipt: string }>(selectReceipts(subjectId))
  const known = subjectId === null ? new Set(await readLedger(folder)) : new Set<string>()
  const added = receipts.filter(({ receipt }) => !known.has(receipt))
  if (added.length === 0) return
  await using file = await open(ledgerPath(folder), 'a', 0o600)
  // A line that a crash cut short must not swallow the next.
  await file.appendFile(added.map(({ receipt }) => `\n${receipt}\n`).join(''))
  await file.sync()
}

/**
 * Destroys anew what the ledger says was destroyed, and what a database that was restored has brought back.
 * @returns how many keys there were
 */
export async function replayDestructions({ db, keyring, folder }: Kept): Promise<number> {
  const claimed = new Map<string, string>()
  for (const receipt of await readLedger(folder)) claimed.set(readReceipt(receipt)?.keyId ?? '', receipt)
  claimed.delete('')
  if (claimed.size === 0) return 0
  const there = await db.rows<{ id: string }>(selectKeysThatAreThere([...claimed.keys()]))
  const signed: { keyId: string; destroyedAt: string; receipt: string }[] = []
  for (const { id } of there) {
    const receipt = claimed.get(id) as string
    // Checked here and not before: it costs 0.2 ms, and in ten years there will be many.
    if (!(await isOurReceipt(keyring.trailKey, receipt))) continue
    signed.push({ keyId: id, destroyedAt: readReceipt(receipt)?.destroyedAt as string, receipt })
  }
  if (signed.length === 0) return 0
  await transact(db, async (tx) => {
    await tx.rows(deleteDocumentKeysUnder(signed.map(({ keyId }) => keyId)))
    await tx.rows(destroyDataKeyRows(signed))
    await tx.rows(insertReceipts(signed))
  })
  return signed.length
}

async function readLedger(folder: string): Promise<string[]> {
  return ((await readSecretFile(ledgerPath(folder))) ?? '').split('\n').filter(Boolean)
}

function ledgerPath(folder: string): string {
  return join(folder, 'destroyed-keys')
}
