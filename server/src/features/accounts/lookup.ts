export { openContacts } from './contact.ts'
export { createAccount } from './create-account.ts'
export { mailAddressOf } from './mail-address.ts'
export { type AccountRow, findAccount, findAccountByEmail, toAccount } from './queries.ts'
