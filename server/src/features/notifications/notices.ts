import type { Notice } from './notice.ts'
import { accountInvitation } from './notices/account-invitation.ts'
import { coOwnerInvitation } from './notices/co-owner-invitation.ts'
import { coOwnerInvitationAccepted } from './notices/co-owner-invitation-accepted.ts'
import { coOwnerInvitationDeclined } from './notices/co-owner-invitation-declined.ts'
import { coOwnerInvitationSent } from './notices/co-owner-invitation-sent.ts'
import { deathWithdrawn } from './notices/death-withdrawn.ts'
import { emailChangeLinkNotice, emailLeftNotice, emailTakenNotice } from './notices/email-change.ts'
import { emailVerificationNotice, welcomeNotice } from './notices/email-verification.ts'
import { emergencyAccess } from './notices/emergency-access.ts'
import { erasureRequested } from './notices/erasure-requested.ts'
import { exportReady } from './notices/export-ready.ts'
import { newRecord } from './notices/new-record.ts'
import { newSignIn } from './notices/new-sign-in.ts'
import { alarmRaised, webhookDisabled } from './notices/operations.ts'
import { ownershipEnded } from './notices/ownership-ended.ts'
import { passwordChangedNotice } from './notices/password-changed.ts'
import { passwordResetNotice } from './notices/password-reset.ts'
import { petTransfer } from './notices/pet-transfer.ts'
import { petTransferAccepted } from './notices/pet-transfer-accepted.ts'
import { petTransferDeclined } from './notices/pet-transfer-declined.ts'
import { petTransferRequested } from './notices/pet-transfer-requested.ts'
import { registrationAttemptedNotice } from './notices/registration-attempted.ts'
import { sessionReplayed } from './notices/session-replayed.ts'
import { tokenCreated } from './notices/token-created.ts'
import { vaccinationsDue, vaccinationsOverdue } from './notices/vaccinations.ts'
import { watchRaised } from './notices/watch-raised.ts'

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
  coOwnerInvitation,
  coOwnerInvitationAccepted,
  coOwnerInvitationDeclined,
  coOwnerInvitationSent,
  ownershipEnded,
  deathWithdrawn,
  petTransfer,
  petTransferAccepted,
  petTransferDeclined,
  petTransferRequested,
  emergencyAccess,
  newRecord,
  vaccinationsDue,
  vaccinationsOverdue,
  newSignIn,
  sessionReplayed,
  tokenCreated,
  webhookDisabled,
  alarmRaised,
  watchRaised,
]
