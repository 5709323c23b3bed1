import { account } from './es/account.ts'
import { frame } from './es/frame.ts'
import { operations } from './es/operations.ts'
import { pets } from './es/pets.ts'
import { visits } from './es/visits.ts'

export const es = { ...frame, ...visits, ...account, ...pets, ...operations }
