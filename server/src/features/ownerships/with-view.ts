import { rights as everyRight, type Right } from '@petra/contract'

/** Each right once, in the order they are listed in; `view` is always among them. */
export function withView(asked: readonly Right[]): Right[] {
  return everyRight.filter((right) => right === 'view' || asked.includes(right))
}
