/** A vet's emergency access, as jobs carry it. */
export type EmergencyAccessNews = {
  readonly eventId: string
  readonly petId: string
  readonly vetId: string
  /** An instant. */
  readonly expiresAt: string
}

/** News for one of the pet's owners. */
export type EmergencyAccessNewsForOwner = EmergencyAccessNews & { readonly ownerId: string }
