import type { NewVisit } from './stage-visits.ts'

/** Pets of Sam's with a past in New York: at which the rules of care (24 months) and of the groomer's books (24 hours) turn. */
export const histories = {
  long: [exam('completed', '-24 months -1 hour'), groomed('completed', '-25 hours')],
  recent: [exam('completed', '-24 months 1 hour'), groomed('completed', '-24 hours')],
  cancelled: [exam('cancelled'), groomed('cancelled')],
  declined: [exam('declined'), groomed('declined')],
  missed: [exam('no-show', '-1 hour'), groomed('no-show', '-1 hour')],
  groomed: [groomed('booked')],
  selfRequested: [bookedByVet('requested')],
  selfBooked: [bookedByVet('booked')],
  selfConfirmed: [bookedByVet('confirmed')],
  selfCheckedIn: [bookedByVet('checked-in')],
  selfStarted: [bookedByVet('in-service')],
  selfCompleted: [bookedByVet('completed')],
} satisfies Record<string, readonly Plan[]>

export type History = keyof typeof histories

type Plan = Omit<NewVisit, 'petId' | 'locationId'>

function exam(status: string, startsIn = '7 days'): Plan {
  return { by: 'lind', status, startsIn }
}

function groomed(status: string, startsIn = '7 days'): Plan {
  return { by: 'tomas', status, startsIn }
}

function bookedByVet(status: string): Plan {
  return { ...exam(status), bookedByVet: true }
}
