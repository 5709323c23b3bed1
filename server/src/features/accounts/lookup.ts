export { openContact } from './contact.ts'
export { createAccount } from './create-account.ts'
export { inviteIfUnclaimed } from './invite-if-unclaimed.ts'
export { mailAddressOf } from './mail-address.ts'
export { findInvitation } from './queries/invitations.ts'
export { eraseAccountRows } from './queries/people.ts'
export {
  type AccountRow,
  findAccount,
  findAccountByEmail,
  findHolder,
  holdPassword,
  markEmailVerified,
  markUndeliverable,
  replacePassword,
  setPassword,
  toAccount,
} from './queries.ts'
export { replaceEmail } from './replace-email.ts'
