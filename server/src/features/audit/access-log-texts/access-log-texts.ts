import type { EventName } from '@petra/contract'
import type { Purpose, Role } from '../../../platform/actor.ts'

/** What an owner is told of: reads and changes of the pet's profile and records. */
export type Told = Extract<
  EventName,
  `pet.${string}` | `medical-record.${string}` | `vaccination-status.${string}` | `emergency-access.${string}`
>

/** What the access log says in a language; what is missing does not compile. */
export interface AccessLogTexts {
  /** Of `{when}`, `{who}`, `{role}`, `{did}` and `{why}`. */
  readonly frame: string
  /** What was done, and how many entries were shown: of `{did}` and `{count}`. */
  readonly entries: string
  readonly roles: { readonly [R in Role]: string }
  readonly why: { readonly [P in Purpose]: string }
  readonly did: { readonly [What in Told]: string }
}
