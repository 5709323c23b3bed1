import type { Permission } from '@petra/contract'
import type { Role, Standing } from './platform/actor.ts'

/**
 * Which role may call which operation: the whole table, default deny. Which object it may be called for is said by each
 * feature's policy.ts and by the reach inside its queries. An account holds the union of its roles.
 */
export const rolePermissions: Record<Role, readonly Permission[]> = {
  owner: [
    'me.read',
    'me.write',
    'notification-preferences.read',
    'notification-preferences.write',
    'sessions.read',
    'sessions.end',
    'exports.read',
    'exports.write',
    'erasure.read',
    'erasure.write',
    'tokens.read',
    'tokens.create',
    'tokens.revoke',
    'pets.list',
    'pets.create',
    'pets.read',
    'pets.write',
    'vaccination-status.read',
    'access-log.read',
    'ownerships.read',
    'ownerships.write',
    'appointments.list',
    'appointments.hold',
    'appointments.book',
    'appointments.read',
    'appointments.change',
    'appointments.cancel',
    'appointments.confirm',
    'medical-records.read',
    'medical-records.write',
  ],
  receptionist: [
    'owners.read',
    'owners.write',
    'schedules.read',
    'appointments.decide',
    'appointments.check-in',
    'appointments.start',
    'appointments.complete',
    'appointments.no-show',
  ],
  groomer: [
    'schedules.read',
    'appointments.decide',
    'appointments.check-in',
    'appointments.start',
    'appointments.complete',
    'appointments.no-show',
  ],
  veterinarian: [
    'schedules.read',
    'time-off.create',
    'medical-records.verify',
    'medical-records.sign',
    'medical-records.refill',
    'emergency-access.create',
    'appointments.decide',
    'appointments.check-in',
    'appointments.start',
    'appointments.complete',
    'appointments.no-show',
  ],
  admin: [
    'accounts.read',
    'accounts.write',
    'owners.read',
    'owners.write',
    'catalogue.write',
    'staff.create',
    'schedules.read',
    'schedules.write',
    'time-off.create',
    'audit.read',
    'webhooks.read',
    'webhooks.write',
    'jobs.read',
    'jobs.write',
    'appointments.decide',
    'appointments.check-in',
    'appointments.start',
    'appointments.complete',
    'appointments.no-show',
  ],
}

const standings = new Map<string, Standing>()

/** Roles and what they allow; whoever has the same roles shares one object. */
export function standingOf(roles: readonly Role[]): Standing {
  const key = roles.join()
  const standing = standings.get(key) ?? {
    roles,
    permissions: new Set(roles.flatMap((role) => rolePermissions[role])),
  }
  standings.set(key, standing)
  return standing
}
