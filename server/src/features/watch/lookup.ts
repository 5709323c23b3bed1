export { forgetAccount } from './queries/memory.ts'
