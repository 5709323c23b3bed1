import { account } from './pt/account.ts'
import { frame } from './pt/frame.ts'
import { operations } from './pt/operations.ts'
import { pets } from './pt/pets.ts'
import { visits } from './pt/visits.ts'

export const pt = { ...frame, ...visits, ...account, ...pets, ...operations }
