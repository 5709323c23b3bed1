import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { constraintOf } from '../../platform/database/sql-state.ts'
import { Conflict } from '../../platform/errors.ts'
import { blindIndex } from '../../platform/keys/blind-index.ts'
import { openContact } from './contact.ts'
import { contactRow } from './contact-row.ts'
import { lockAccount, markEmailVerified, updateContact } from './queries.ts'

/**
 * Gives an account another e-mail address, which its holder has shown to have.
 * @throws Conflict when another account has it
 */
export async function replaceEmail(
  tx: Tx,
  context: Pick<Context, 'dataKeys' | 'keyring'>,
  accountId: string,
  email: string,
): Promise<void> {
  const row = await lockAccount(tx, accountId)
  const contact = row && (await openContact(tx, context, row))
  if (!contact) return
  const changed = await contactRow(tx, context, accountId, row.version + 1, { ...contact, email })
  await updateContact(tx, changed).catch((error) => {
    if (constraintOf(error) !== 'email_has_one_account') throw error
    throw new Conflict('Another account has this e-mail address.')
  })
  await markEmailVerified(tx, blindIndex(context.keyring, 'email', email))
}
