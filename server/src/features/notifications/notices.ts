import type { Notice } from './notice.ts'
import { accountInvitation } from './notices/account-invitation.ts'
import { emailChangeLinkNotice, emailLeftNotice, emailTakenNotice } from './notices/email-change.ts'
import { emailVerificationNotice, welcomeNotice } from './notices/email-verification.ts'
import { erasureRequested } from './notices/erasure-requested.ts'
import { exportReady } from './notices/export-ready.ts'
import { passwordChangedNotice } from './notices/password-changed.ts'
import { passwordResetNotice } from './notices/password-reset.ts'
import { registrationAttemptedNotice } from './notices/registration-attempted.ts'

/** Every notice, in one visible list. An event may have several: each is a mail of its own, tried again on its own. */
export const notices: readonly Notice[] = [
  welcomeNotice,
  registrationAttemptedNotice,
  emailVerificationNotice,
  passwordResetNotice,
  passwordChangedNotice,
  emailChangeLinkNotice,
  emailLeftNotice,
  emailTakenNotice,
  accountInvitation,
  exportReady,
  erasureRequested,
]
