/**
 * Every permission, `feature.verb`, below the one scope that carries it. A session carries every scope; a personal access
 * token those it was given, and never one that `sessionOnly` names.
 */
export const scopes = {
  'me:read': ['me.read', 'notification-preferences.read'],
  'me:write': ['me.write', 'notification-preferences.write'],
  'sessions:read': ['sessions.read'],
  'sessions:write': ['sessions.end'],
  'tokens:read': ['tokens.read'],
  'tokens:write': ['tokens.create', 'tokens.revoke'],
  'exports:read': ['exports.read'],
  'exports:write': ['exports.write'],
  'erasure:read': ['erasure.read'],
  'erasure:write': ['erasure.write'],
  'accounts:read': ['accounts.read'],
  'accounts:write': ['accounts.write'],
  'owners:read': ['owners.read'],
  'owners:write': ['owners.write'],
  'ownerships:read': ['ownerships.read'],
  'ownerships:write': ['ownerships.write'],
  'pets:read': ['pets.list', 'pets.read'],
  'pets:write': ['pets.create', 'pets.write'],
  'vaccination-status:read': ['vaccination-status.read'],
  'access-log:read': ['access-log.read'],
  'emergency-access:write': ['emergency-access.create'],
  'catalogue:write': ['catalogue.write'],
  'staff:write': ['staff.create'],
  'schedules:read': ['schedules.read'],
  'schedules:write': ['schedules.write', 'time-off.create'],
  'appointments:read': ['appointments.list', 'appointments.read'],
  'appointments:write': [
    'appointments.hold',
    'appointments.book',
    'appointments.change',
    'appointments.cancel',
    'appointments.decide',
    'appointments.confirm',
    'appointments.check-in',
    'appointments.start',
    'appointments.complete',
    'appointments.no-show',
  ],
  'medical-records:read': ['medical-records.read'],
  'medical-records:write': [
    'medical-records.write',
    'medical-records.verify',
    'medical-records.sign',
    'medical-records.refill',
  ],
  'audit:read': ['audit.read'],
  'webhooks:read': ['webhooks.read'],
  'webhooks:write': ['webhooks.write'],
  'jobs:read': ['jobs.read'],
  'jobs:write': ['jobs.write'],
} as const satisfies Record<`${string}:${'read' | 'write'}`, readonly `${string}.${string}`[]>

export type Scope = keyof typeof scopes

/** The server's role table says which roles hold it. */
export type Permission = (typeof scopes)[Scope][number]

/**
 * What decides who gets in is left to people, and so is taking everything along: no token changes its own account or
 * another's, sees or makes other ways in, shares a pet, or downloads an export.
 */
export const sessionOnly = [
  'me:write',
  'sessions:read',
  'sessions:write',
  'tokens:read',
  'tokens:write',
  'exports:read',
  'exports:write',
  'erasure:read',
  'erasure:write',
  'accounts:write',
  'staff:write',
  'ownerships:write',
] as const

export type TokenScope = Exclude<Scope, (typeof sessionOnly)[number]>

/** The scopes that a personal access token may be given. */
export const tokenScopes = (Object.keys(scopes) as Scope[]).filter(isTokenScope)

function isTokenScope(scope: Scope): scope is TokenScope {
  return !(sessionOnly as readonly Scope[]).includes(scope)
}

const scopeByPermission = new Map<string, Scope>(
  Object.entries(scopes).flatMap(([scope, permissions]) =>
    permissions.map((permission): [string, Scope] => [permission, scope as Scope]),
  ),
)

/** The scope that carries the permission. */
export function scopeOf(permission: Permission): Scope {
  return scopeByPermission.get(permission) as Scope
}
