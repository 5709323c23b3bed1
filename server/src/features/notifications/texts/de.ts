import { account } from './de/account.ts'
import { frame } from './de/frame.ts'
import { operations } from './de/operations.ts'
import { pets } from './de/pets.ts'
import { visits } from './de/visits.ts'

export const de = { ...frame, ...visits, ...account, ...pets, ...operations }
