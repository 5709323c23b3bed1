import { findAccount, mailAddressOf } from '../accounts/lookup.ts'
import type { Addressee } from './letter.ts'
import type { MailContext } from './mail-context.ts'
import { voiceFor } from './voice.ts'

/** The holder of an account as mail reaches them; null for nobody, without an address, and once the account is disabled. */
export async function addresseeOf(context: MailContext, accountId: string | null): Promise<Addressee | null> {
  if (accountId === null) return null
  const [account, address] = await Promise.all([
    findAccount(context.db, accountId),
    mailAddressOf(context.db, context, accountId),
  ])
  if (!account || address === null) return null
  return { accountId, name: account.name, address, voice: await voiceFor(account.locale), timeZone: 'UTC' }
}
