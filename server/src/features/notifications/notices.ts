import type { Notice } from './notice.ts'
import { accountInvitation } from './notices/account-invitation.ts'
import { erasureRequested } from './notices/erasure-requested.ts'
import { exportReady } from './notices/export-ready.ts'

/** Every notice, in one visible list. An event may have several: each is a mail of its own, tried again on its own. */
export const notices: readonly Notice[] = [accountInvitation, exportReady, erasureRequested]
