export * from './common.ts'
export * from './errors.ts'
export * from './pets.ts'
export * from './route.ts'
