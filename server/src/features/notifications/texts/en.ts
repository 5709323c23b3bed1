import { account } from './en/account.ts'
import { frame } from './en/frame.ts'
import { operations } from './en/operations.ts'
import { pets } from './en/pets.ts'
import { visits } from './en/visits.ts'

export const en = { ...frame, ...visits, ...account, ...pets, ...operations }
