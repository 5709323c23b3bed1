import type { Notice } from './notice.ts'

/** Every notice, in one visible list. An event may have several: each is a mail of its own, tried again on its own. */
export const notices: readonly Notice[] = []
