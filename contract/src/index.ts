import * as tokens from './access-tokens.ts'
import * as accounts from './accounts.ts'
import * as progress from './appointment-progress.ts'
import * as appointments from './appointments.ts'
import * as audit from './audit.ts'
import * as auditProofs from './audit-proofs.ts'
import * as availability from './availability.ts'
import * as breeds from './breeds.ts'
import * as care from './care.ts'
import * as catalogue from './catalogue.ts'
import * as coOwnerInvitations from './co-owner-invitations.ts'
import * as health from './health.ts'
import * as holds from './holds.ts'
import * as jobs from './jobs.ts'
import * as documents from './medical-documents.ts'
import * as recordChanges from './medical-record-changes.ts'
import * as medicalRecords from './medical-records.ts'
import * as notificationPreferences from './notification-preferences.ts'
import * as owners from './owners.ts'
import * as ownerships from './ownerships.ts'
import * as people from './people.ts'
import * as petPhotos from './pet-photos.ts'
import * as petTransfers from './pet-transfers.ts'
import * as pets from './pets.ts'
import * as privacy from './privacy.ts'
import * as providers from './providers.ts'
import * as recordViews from './record-views.ts'
import type { Route } from './route.ts'
import * as schedules from './schedules.ts'
import * as services from './services.ts'
import * as sessions from './sessions.ts'
import * as signIn from './sign-in.ts'
import * as proofs from './sign-in-proofs.ts'
import * as visitNotes from './visit-notes.ts'
import * as deliveries from './webhook-deliveries.ts'
import * as webhooks from './webhooks.ts'

export * from './access-tokens.ts'
export * from './accounts.ts'
export * from './appointment-handling.ts'
export * from './appointment-progress.ts'
export * from './appointments.ts'
export * from './audit.ts'
export * from './audit-proofs.ts'
export * from './availability.ts'
export * from './breeds.ts'
export * from './care.ts'
export * from './catalogue.ts'
export * from './co-owner-invitations.ts'
export * from './common.ts'
export * from './errors.ts'
export * from './event-payloads.ts'
export * from './events.ts'
export * from './health.ts'
export * from './holds.ts'
export * from './jobs.ts'
export * from './medical-documents.ts'
export * from './medical-record-changes.ts'
export * from './medical-records.ts'
export * from './notification-preferences.ts'
export * from './owners.ts'
export * from './ownerships.ts'
export * from './people.ts'
export * from './pet-photos.ts'
export * from './pet-transfers.ts'
export * from './pets.ts'
export * from './privacy.ts'
export * from './providers.ts'
export * from './record-details.ts'
export * from './record-views.ts'
export * from './route.ts'
export * from './schedules.ts'
export * from './scopes.ts'
export * from './services.ts'
export * from './sessions.ts'
export * from './sign-in.ts'
export * from './sign-in-proofs.ts'
export * from './visit-notes.ts'
export * from './watch.ts'
export * from './webhook-deliveries.ts'
export * from './webhooks.ts'

/** Every operation of the API, in the order of its documentation. */
export const routes: readonly Route[] = [
  signIn.register,
  signIn.signIn,
  proofs.verifyEmail,
  proofs.resendEmailVerification,
  proofs.requestPasswordReset,
  proofs.resetPassword,
  signIn.changePassword,
  signIn.requestEmailChange,
  signIn.confirmEmailChange,

  people.claimAccount,
  sessions.refreshSession,
  sessions.signOut,
  sessions.getJwks,
  sessions.listSessions,
  sessions.endSession,
  sessions.endOtherSessions,
  tokens.listTokens,
  tokens.createToken,
  tokens.revokeToken,
  accounts.getMe,
  accounts.updateMe,
  notificationPreferences.getNotificationPreferences,
  notificationPreferences.replaceNotificationPreferences,

  privacy.requestExport,
  privacy.getExport,
  privacy.downloadExport,
  privacy.downloadExportArchive,
  privacy.requestErasure,
  privacy.getErasure,
  privacy.withdrawErasure,

  owners.listOwners,
  owners.createOwner,

  people.listAccounts,
  people.getAccount,
  people.setRoles,
  people.disableAccount,
  people.enableAccount,
  people.inviteAccount,

  pets.listPets,
  pets.createPet,
  pets.getPet,
  pets.replacePet,
  pets.updatePet,
  pets.archivePet,
  breeds.suggestBreeds,
  petPhotos.getPetPhoto,
  petPhotos.setPetPhoto,
  petPhotos.removePetPhoto,

  ownerships.listPetOwners,
  ownerships.changeRights,
  ownerships.endOwnership,
  coOwnerInvitations.listCoOwnerInvitations,
  coOwnerInvitations.inviteCoOwner,
  coOwnerInvitations.withdrawCoOwnerInvitation,
  coOwnerInvitations.acceptCoOwnerInvitation,
  coOwnerInvitations.declineCoOwnerInvitation,
  petTransfers.getPetTransfer,
  petTransfers.requestPetTransfer,
  petTransfers.withdrawPetTransfer,
  petTransfers.acceptPetTransfer,
  petTransfers.declinePetTransfer,

  care.getVaccinationStatus,
  care.getAccessLog,
  care.requestEmergencyAccess,

  catalogue.listLocations,
  catalogue.getLocation,
  catalogue.createLocation,
  catalogue.replaceLocation,
  catalogue.listResources,
  catalogue.getResource,
  catalogue.createResource,
  services.listServices,
  services.getService,
  services.createService,
  services.replaceService,
  providers.createStaff,
  providers.listProviders,
  providers.getProvider,
  providers.createProvider,
  providers.replaceProvider,

  schedules.getWorkingHours,
  schedules.setWorkingHours,
  schedules.getTimeOff,
  schedules.addTimeOff,
  schedules.getExtraHours,
  schedules.addExtraHours,
  schedules.getClosure,
  schedules.addClosure,

  availability.searchAvailability,
  availability.findNextStarts,
  availability.explainStart,

  holds.makeHold,
  holds.getHold,
  holds.extendHold,
  holds.releaseHold,

  appointments.listAppointments,
  appointments.bookAppointment,
  appointments.getAppointment,
  appointments.getOverride,
  appointments.changeAppointment,
  appointments.cancelAppointment,
  progress.approveAppointment,
  progress.declineAppointment,
  progress.confirmAppointment,
  progress.checkInAppointment,
  progress.startAppointment,
  progress.completeAppointment,
  progress.markNoShow,
  progress.reopenNoShow,

  medicalRecords.listMedicalRecords,
  recordChanges.addMedicalRecord,
  medicalRecords.getMedicalRecord,
  recordChanges.amendMedicalRecord,
  recordChanges.retractMedicalRecord,
  medicalRecords.listMedicalRecordVersions,
  recordChanges.verifyMedicalRecord,
  documents.addMedicalDocument,
  documents.getMedicalDocument,
  visitNotes.signVisitNote,
  visitNotes.addAddendum,
  recordViews.refillMedication,
  recordViews.listMedications,
  recordViews.listProblems,
  recordViews.getWeightHistory,
  recordViews.listAppointmentAlerts,
  care.listEmergencyAccesses,

  audit.listAuditEvents,
  auditProofs.exportAuditEvents,
  auditProofs.proveAuditEvent,
  auditProofs.listAuditCheckpoints,
  auditProofs.proveAuditConsistency,
  auditProofs.getAuditKey,

  webhooks.listWebhooks,
  webhooks.createWebhook,
  webhooks.getWebhook,
  webhooks.updateWebhook,
  webhooks.deleteWebhook,
  webhooks.rotateWebhookSecret,
  webhooks.testWebhook,
  deliveries.listWebhookDeliveries,
  deliveries.replayWebhookDelivery,

  jobs.listParkedJobs,
  jobs.retryJob,

  health.getLiveness,
  health.getReadiness,
]
