import { vaccines, watchRules } from '@petra/contract'
import { dayListLetter } from './day-list-letter.ts'
import type { Addressee, Letter } from './letter.ts'
import { accountInvitationLetter } from './notices/account-invitation.ts'
import { coOwnerInvitationLetter } from './notices/co-owner-invitation.ts'
import { coOwnerInvitationAcceptedLetter } from './notices/co-owner-invitation-accepted.ts'
import { coOwnerInvitationDeclinedLetter } from './notices/co-owner-invitation-declined.ts'
import { coOwnerInvitationSentLetter } from './notices/co-owner-invitation-sent.ts'
import { deathWithdrawnLetter } from './notices/death-withdrawn.ts'
import { emailChangedLetter, emailChangeLinkLetter } from './notices/email-change.ts'
import { emailVerificationLetter } from './notices/email-verification.ts'
import { emergencyAccessLetter } from './notices/emergency-access.ts'
import { erasureRequestedLetter } from './notices/erasure-requested.ts'
import { exportReadyLetter } from './notices/export-ready.ts'
import { newRecordLetter } from './notices/new-record.ts'
import { newSignInLetter } from './notices/new-sign-in.ts'
import type { OfferNews } from './notices/offer-letter.ts'
import { operationsLetter } from './notices/operations-letter.ts'
import { ownershipEndedLetter } from './notices/ownership-ended.ts'
import { passwordChangedLetter } from './notices/password-changed.ts'
import { passwordResetLetter } from './notices/password-reset.ts'
import { petTransferLetter } from './notices/pet-transfer.ts'
import { petTransferAcceptedLetter } from './notices/pet-transfer-accepted.ts'
import { petTransferDeclinedLetter } from './notices/pet-transfer-declined.ts'
import { petTransferRequestedLetter } from './notices/pet-transfer-requested.ts'
import { registrationAttemptedLetter } from './notices/registration-attempted.ts'
import { sessionReplayedLetter } from './notices/session-replayed.ts'
import { tokenCreatedLetter } from './notices/token-created.ts'
import { watchRaisedLetter } from './notices/watch-raised.ts'
import { testVisit } from './test-visit.ts'
import { type VaccinationNews, vaccinationLetter } from './vaccination-letter.ts'
import {
  approvedLetter,
  bookedLetter,
  cancelledLetter,
  declinedLetter,
  farewellLetter,
  movedLetter,
  reminderLetter,
} from './visit-letters.ts'

const eventId = '01980a6e-0c00-7000-8000-000000000009'
const url = 'https://petra.example/go#example=AZgKbgwAcACAAAAAAAAACQ'
const links = { portal: 'https://petra.example', organizer: 'visits@petra.example' }
const visit = testVisit()
const expiresAt = '2027-03-15T14:00:00Z'
const managed = { id: `managed.${eventId}`, pet: 'Rex', url }
const offer: OfferNews['offer'] = {
  id: eventId,
  kind: 'co-owner-invitation',
  email: 'sam@example.test',
  petName: 'Rex',
  offeredByName: 'Maya',
  rights: ['view', 'book', 'records', 'manage'],
}

const vaccinations: VaccinationNews = {
  id: `vaccinations.${eventId}`,
  stage: 'due',
  pet: 'Rex',
  vaccinations: [{ vaccine: 'rabies', validThrough: '2027-04-02' }],
  url,
}
const everyVaccine = vaccines.map((vaccine, day) => ({ vaccine, validThrough: `2027-04-0${day + 1}` }))

const dayVisit = {
  startsAt: visit.startsAt,
  endsAt: visit.endsAt,
  pet: 'Rex',
  service: 'Grooming',
  provider: 'Tomas',
  owner: 'Maya',
}
const day = {
  id: `day-list.${eventId}`,
  location: 'Petra Downtown',
  timeZone: 'America/New_York',
  visits: [dayVisit, { ...dayVisit, startsAt: '2027-03-15T17:00:00Z', endsAt: '2027-03-15T17:30:00Z', owner: null }],
  url,
}

/** Every letter Petra writes, about the same dog. */
export const testLetters: Readonly<Record<string, (to: Addressee) => Letter>> = {
  booked: (to) => bookedLetter(visit, to, links),
  requested: (to) => bookedLetter(testVisit({ status: 'requested' }), to, links),
  approved: (to) => approvedLetter(visit, to, links),
  declined: (to) => declinedLetter(testVisit({ status: 'declined' }), to, links),
  moved: (to) => movedLetter(visit, '2027-03-12T15:30:00Z', to, links),
  changed: (to) => movedLetter(visit, visit.startsAt, to, links),
  cancelled: (to) => cancelledLetter(testVisit({ status: 'cancelled' }), to, links),
  farewell: (to) => farewellLetter([testVisit({ status: 'cancelled' })], to, links),
  'farewell-to-several': (to) =>
    farewellLetter([testVisit({ status: 'cancelled' }), testVisit({ status: 'cancelled', sequence: 2 })], to, links),
  'reminder-24': (to) => reminderLetter(visit, '2027-03-14T13:00:00Z', 24, to, links),
  'reminder-168': (to) => reminderLetter(visit, '2027-03-08T13:00:00Z', 168, to, links),
  'email-verification': ({ voice }) =>
    emailVerificationLetter({ id: `welcome.${eventId}`, code: '240317', url }, voice),
  'registration-attempted': ({ voice }) => registrationAttemptedLetter({ eventId, url }, voice),
  'password-reset': ({ voice }) => passwordResetLetter({ eventId, code: '240317', url }, voice),
  'password-changed': ({ voice }) => passwordChangedLetter({ eventId, url }, voice),
  'email-change-link': ({ voice }) => emailChangeLinkLetter({ eventId, url }, voice),
  'email-left': ({ voice }) => emailChangedLetter('email-left', { eventId, url }, voice),
  'email-taken': ({ voice }) => emailChangedLetter('email-taken', { eventId, url }, voice),
  'account-invitation': (to) => accountInvitationLetter({ eventId, url, expiresAt }, to),
  'export-ready': (to) => exportReadyLetter({ eventId, url, expiresAt }, to),
  'erasure-requested': (to) => erasureRequestedLetter({ eventId, url, dueAt: expiresAt }, to),
  'co-owner-invitation': ({ voice }) => coOwnerInvitationLetter({ offer, url }, voice),
  'co-owner-invitation-sent': ({ voice }) => coOwnerInvitationSentLetter(managed, voice),
  'co-owner-invitation-accepted': ({ voice }) => coOwnerInvitationAcceptedLetter({ ...managed, owner: 'Sam' }, voice),
  'co-owner-invitation-declined': ({ voice }) => coOwnerInvitationDeclinedLetter(managed, voice),
  'pet-transfer': ({ voice }) => petTransferLetter({ offer: { ...offer, kind: 'pet-transfer' }, url }, voice),
  'pet-transfer-requested': ({ voice }) => petTransferRequestedLetter(managed, voice),
  'pet-transfer-accepted': ({ voice }) => petTransferAcceptedLetter(managed, voice),
  'pet-transfer-declined': ({ voice }) => petTransferDeclinedLetter(managed, voice),
  'death-withdrawn': ({ voice }) => deathWithdrawnLetter({ id: eventId, pet: 'Rex', url }, voice),
  'ownership-ended': ({ voice }) => ownershipEndedLetter({ eventId, pet: 'Rex', wasHandedOver: false, url }, voice),
  'ownership-handed-over': ({ voice }) =>
    ownershipEndedLetter({ eventId, pet: 'Rex', wasHandedOver: true, url }, voice),
  'new-record': ({ voice }) => newRecordLetter({ id: eventId, pet: 'Rex', url }, voice),
  'vaccination-due': ({ voice }) => vaccinationLetter(vaccinations, voice),
  'vaccinations-due': ({ voice }) => vaccinationLetter({ ...vaccinations, vaccinations: everyVaccine }, voice),
  'vaccination-overdue': ({ voice }) => vaccinationLetter({ ...vaccinations, stage: 'overdue' }, voice),
  'vaccinations-overdue': ({ voice }) =>
    vaccinationLetter({ ...vaccinations, stage: 'overdue', vaccinations: everyVaccine }, voice),
  'day-list-own': ({ voice }) => dayListLetter({ ...day, isOwn: true, more: 0 }, voice),
  'day-list-all': ({ voice }) => dayListLetter({ ...day, isOwn: false, more: 3 }, voice),
  'new-sign-in': (to) => newSignInLetter({ eventId, at: expiresAt, device: 'Firefox, Linux', url }, to),
  'new-sign-in-unknown': (to) => newSignInLetter({ eventId, at: expiresAt, device: null, url }, to),
  'session-replayed': ({ voice }) => sessionReplayedLetter({ eventId, url }, voice),
  'webhook-disabled': ({ voice }) => operationsLetter('webhook-disabled', { eventId, accountId: eventId, url }, voice),
  'alarm-raised': ({ voice }) => operationsLetter('alarm-raised', { eventId, accountId: eventId, url }, voice),
  ...Object.fromEntries(
    watchRules.map((rule) => [
      `watch-raised-${rule}`,
      (to: Addressee) => watchRaisedLetter({ id: eventId, rule, account: 'Dr. Okafor', at: expiresAt, url }, to),
    ]),
  ),
  'token-created': ({ voice }) => tokenCreatedLetter({ eventId, url }, voice),
  'emergency-access': ({ voice }) =>
    emergencyAccessLetter(
      { id: eventId, petName: 'Rex', vetName: 'Dr. Okafor', expiresAt, timeZone: 'Europe/London', url },
      voice,
    ),
}
