/** What there is to tell about a visit, as jobs carry it. */
export type VisitNews = {
  readonly kind: 'booked' | 'approved' | 'declined' | 'moved' | 'cancelled' | 'reminder'
  readonly appointmentId: string
  readonly petId: string
  /** The appointment's sequence after the change: a higher one now means that later news is on its way. */
  readonly sequence: number
  /** When it happened: an instant. */
  readonly at: string
  /** Who did it; null for Petra itself. */
  readonly actorId: string | null
  /** Of a move: the instant at which the visit began before. */
  readonly previousStartsAt: string | null
  /** Of a reminder: which of them it is. */
  readonly hoursBefore: number | null
}

/** News for one of the pet's owners. */
export type VisitNewsForOwner = VisitNews & { readonly ownerId: string }
