/** What is watched over the trail. */
export const watchRules = ['many-pets-opened', 'emergency-access', 'new-country', 'refusals-in-a-row'] as const

export type WatchRule = (typeof watchRules)[number]
