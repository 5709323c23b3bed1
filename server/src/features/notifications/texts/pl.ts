import { account } from './pl/account.ts'
import { frame } from './pl/frame.ts'
import { operations } from './pl/operations.ts'
import { pets } from './pl/pets.ts'
import { visits } from './pl/visits.ts'

export const pl = { ...frame, ...visits, ...account, ...pets, ...operations }
