export { openAddresses } from './email-change-addresses.ts'
export { findChallenge, findChallengeOf, findEmailChange } from './queries.ts'
