import { messageChannels, type NotificationPreferences, optionalMessageKinds } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { AppError, Invalid } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { lockSettings, type NotificationSettings, replaceSettings } from './queries/settings.ts'

/**
 * Replaces what the caller has said about messages.
 * @throws Invalid for quiet hours without a time zone, that last the whole day, or a kind that is named twice
 * @throws AppError 401 when they are erased meanwhile
 */
export async function replacePreferences(
  tx: Tx,
  actor: Person,
  input: NotificationPreferences,
  requireFresh: (current: NotificationPreferences) => void,
): Promise<NotificationPreferences> {
  requireSense(input)
  const before = await lockSettings(tx, actor.accountId)
  if (!before) throw new AppError('auth.required', 'This session has ended.')
  requireFresh(toPreferences(before))
  const { timeZone, quietHours, preferences } = input
  const after: NotificationSettings = {
    timeZone,
    quietFrom: quietHours?.from ?? null,
    quietUntil: quietHours?.to ?? null,
    switchedOff: preferences.flatMap(({ kind, channel, enabled }) => (enabled ? [] : [{ kind, channel }])),
  }
  await replaceSettings(tx, actor.accountId, after)
  record(tx, actor, 'notification-preferences.changed', {
    resource: { type: 'account', id: actor.accountId },
    payload: { fields: Object.keys(input) },
  })
  return toPreferences(after)
}

/** Everything that can be switched off, by channel, and whether it is on. */
export function toPreferences({
  timeZone,
  quietFrom,
  quietUntil,
  switchedOff,
}: NotificationSettings): NotificationPreferences {
  return {
    timeZone,
    quietHours: quietFrom === null || quietUntil === null ? null : { from: quietFrom, to: quietUntil },
    preferences: messageChannels.flatMap((channel) =>
      optionalMessageKinds.map((kind) => ({
        kind,
        channel,
        enabled: !switchedOff.some((off) => off.kind === kind && off.channel === channel),
      })),
    ),
  }
}

function requireSense({ timeZone, quietHours, preferences }: NotificationPreferences): void {
  if (quietHours && timeZone === null)
    throw new Invalid('request.invalid', [{ pointer: '/body/timeZone', message: 'is needed for quiet hours' }])
  if (quietHours && quietHours.from === quietHours.to)
    throw new Invalid('request.invalid', [{ pointer: '/body/quietHours/to', message: 'must differ from `from`' }])
  const named = preferences.map(({ kind, channel }) => `${kind} ${channel}`)
  const twice = named.findIndex((name, index) => named.indexOf(name) !== index)
  if (twice >= 0)
    throw new Invalid('request.invalid', [{ pointer: `/body/preferences/${twice}`, message: 'is named twice' }])
}
