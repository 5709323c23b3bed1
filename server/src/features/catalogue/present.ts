import { NotFound } from '../../platform/errors.ts'

/** @throws NotFound for what is not there */
export function present<T>(thing: T | undefined): T {
  if (thing === undefined) throw new NotFound()
  return thing
}
