/** What a person may switch off. */
export const optionalMessageKinds = ['visit-reminders', 'vaccinations', 'new-records', 'day-list'] as const

export type OptionalMessageKind = (typeof optionalMessageKinds)[number]
