import type { Permission } from '@petra/contract'

export type Role = 'owner' | 'receptionist' | 'groomer' | 'veterinarian' | 'admin'
export type Purpose = 'care' | 'owner-request' | 'emergency' | 'operations'

/** Who is acting, through which session or personal access token, and by which request. */
export interface Actor {
  /** Null for nobody: a caller who is not signed in. */
  readonly accountId: string | null
  readonly roles: readonly Role[]
  readonly permissions: ReadonlySet<Permission>
  readonly sessionId: string | null
  /** Of the personal access token. */
  readonly tokenId: string | null
  readonly request: Origin
}

/** What somebody is, and may do. */
export type Standing = Pick<Actor, 'roles' | 'permissions'>

/** Where a request came from. */
export interface Origin {
  readonly id: string
  readonly address: string | null
  readonly agent: string | null
  /** As the proxy in front says, where one is trusted to. */
  readonly country: string | null
}

/** An actor who is signed in. */
export type Person = Actor & { readonly accountId: string }

export function nobody(request: Origin): Actor {
  return { accountId: null, roles: [], permissions: new Set(), sessionId: null, tokenId: null, request }
}

/** Petra itself: jobs and the first start. */
export const system: Actor = {
  accountId: null,
  roles: [],
  permissions: new Set(),
  sessionId: null,
  tokenId: null,
  request: { id: 'system', address: null, agent: null, country: null },
}

export function hasRole(actor: Actor, ...roles: Role[]): boolean {
  return roles.some((role) => actor.roles.includes(role))
}

/** Why a person looks at or changes things, as the trail records it. */
export function purposeOf(actor: Actor): Purpose {
  if (hasRole(actor, 'veterinarian', 'groomer')) return 'care'
  return hasRole(actor, 'receptionist', 'admin') || actor.accountId === null ? 'operations' : 'owner-request'
}
