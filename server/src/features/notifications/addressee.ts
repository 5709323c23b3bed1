import { findAccount, openContact } from '../accounts/lookup.ts'
import type { Addressee } from './letter.ts'
import type { MailContext } from './mail-context.ts'
import { findSettings } from './queries/settings.ts'
import { voiceFor } from './voice.ts'

/** The holder of an account as mail reaches them; null for nobody, without an address, and once the account is disabled. */
export async function addresseeOf(context: MailContext, accountId: string | null): Promise<Addressee | null> {
  if (accountId === null) return null
  const { db } = context
  const [account, settings] = await Promise.all([findAccount(db, accountId), findSettings(db, accountId)])
  if (!account || account.disabled || !settings) return null
  const address = (await openContact(db, context, account))?.email ?? null
  if (address === null) return null
  const { timeZone, quietFrom: from, quietUntil: until, switchedOff } = settings
  return {
    accountId,
    name: account.name,
    address,
    voice: await voiceFor(account.locale),
    timeZone: timeZone ?? 'UTC',
    isUndeliverable: account.undeliverableSince !== null,
    switchedOff: switchedOff.filter(({ channel }) => channel === 'email').map(({ kind }) => kind),
    quietHours: timeZone === null || from === null || until === null ? null : { timeZone, from, until },
  }
}

/** Whoever reads at an address that belongs to no account, or is not the account's: nothing is known of their wishes. */
export function readerAt(address: string, name: string, voice: Addressee['voice']): Addressee {
  return {
    accountId: null,
    name,
    address,
    voice,
    timeZone: 'UTC',
    isUndeliverable: false,
    switchedOff: [],
    quietHours: null,
  }
}
