import type { ProblemCode } from '@petra/contract'

/** `because` names the rule that refuses: one reason, the same words. `sees` is what is shown, where there is more to it than yes. */
export type Verdict =
  | { readonly refused: ProblemCode; readonly because: string }
  | { readonly refused: null; readonly sees: Seen }

/** Ids or words, or which of a pet's two profiles. */
export type Seen = readonly string[] | 'full' | 'limited' | null

export const nobody = { refused: 'auth.required', because: 'nobody is signed in' } as const
export const notFound = { refused: 'resource.not-found', because: 'nothing there' } as const
export const noCare = { refused: 'medical-record.no-care', because: 'no care' } as const
export const verified = { refused: 'resource.conflict', because: 'a vet stands by it' } as const
export const forbidden = (because: string, refused: ProblemCode = 'auth.forbidden') => ({ refused, because }) as const
export const yes = (sees: Seen = null) => ({ refused: null, sees }) as const

/** What is shown: the ids of those that may be seen. */
export const idsOf = <T extends { id: string }>(all: readonly T[], isSeen: (one: T) => boolean) =>
  all.filter(isSeen).map(({ id }) => id)
