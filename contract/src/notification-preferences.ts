import { TimeZone } from './catalogue.ts'
import { Closed, Nullable, OneOf } from './common.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

/** What a person may switch off. */
export const optionalMessageKinds = ['visit-reminders', 'vaccinations', 'new-records', 'day-list'] as const

export const messageChannels = ['email'] as const

const ClockTime = Type.String({ format: 'wall-time', pattern: '^(?!24:)', description: 'HH:MM', examples: ['22:00'] })

export const MessagePreference = Closed({
  kind: OneOf(optionalMessageKinds, {
    description:
      '`day-list` is for staff. Messages about a booked visit, about who owns a pet and about security always come',
  }),
  channel: OneOf(messageChannels),
  enabled: Type.Boolean(),
})

export const NotificationPreferences = Closed({
  timeZone: Nullable({
    ...TimeZone,
    description: 'In which times that belong to no location are told, and quiet hours are meant',
  }),
  quietHours: Nullable(
    Closed(
      { from: ClockTime, to: ClockTime },
      {
        description:
          'On the clock of `timeZone`, past midnight where `to` comes before `from`. What may wait is held until they end; what concerns security, or a visit within 12 hours of their end, comes at once',
      },
    ),
  ),
  preferences: Type.Array(MessagePreference, {
    maxItems: 50,
    description: 'What is not named is enabled; an answer names everything',
  }),
})

export type OptionalMessageKind = (typeof optionalMessageKinds)[number]
export type MessageChannel = (typeof messageChannels)[number]
export type NotificationPreferences = Static<typeof NotificationPreferences>

const tag = 'Accounts'

const preferences = {
  timeZone: 'America/New_York',
  quietHours: { from: '22:00', to: '07:00' },
  preferences: [
    { kind: 'visit-reminders', channel: 'email', enabled: true },
    { kind: 'vaccinations', channel: 'email', enabled: true },
    { kind: 'new-records', channel: 'email', enabled: false },
    { kind: 'day-list', channel: 'email', enabled: true },
  ],
}

export const getNotificationPreferences = route({
  operationId: 'getNotificationPreferences',
  method: 'GET',
  url: '/me/notification-preferences',
  permission: 'notification-preferences.read',
  tag,
  summary: 'Read which messages I get',
  description: 'Every kind of message that can be switched off, by channel, and when I am to be left alone.',
  answers: { 200: NotificationPreferences },
  problems: [],
  example: { answer: preferences },
})

export const replaceNotificationPreferences = route({
  operationId: 'replaceNotificationPreferences',
  method: 'PUT',
  url: '/me/notification-preferences',
  permission: 'notification-preferences.write',
  tag,
  summary: 'Say which messages I get',
  description:
    'Replaces all of it. Quiet hours need a time zone, and cannot be the whole day. A link in a mail switches the kind of that mail off, too.',
  body: NotificationPreferences,
  answers: { 200: NotificationPreferences },
  problems: ['resource.stale'],
  example: { body: preferences, answer: preferences },
})
