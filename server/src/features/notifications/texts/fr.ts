import { account } from './fr/account.ts'
import { frame } from './fr/frame.ts'
import { operations } from './fr/operations.ts'
import { pets } from './fr/pets.ts'
import { visits } from './fr/visits.ts'

export const fr = { ...frame, ...visits, ...account, ...pets, ...operations }
