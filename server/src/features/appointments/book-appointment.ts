import { randomUUIDv7 } from 'node:crypto'
import type { Appointment, Booking } from '@petra/contract'
import { hasRole, type Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { instantText } from './asked-time.ts'
import type { Candidate } from './candidates.ts'
import { notAsJudged } from './errors.ts'
import { asHeld, holdToSpend } from './hold-to-spend.ts'
import { localOf } from './local-time.ts'
import { type FoundVisit, lookUpVisit } from './look-up-visit.ts'
import type { Books } from './open-books.ts'
import { overriding } from './overriding.ts'
import { placeVisit } from './place-visit.ts'
import type { NewAppointment } from './queries/appointment-changes.ts'
import { type AppointmentRow, toAppointment } from './queries/appointments.ts'
import { reserveNew } from './reserve.ts'
import { visitSpan } from './reserved-span.ts'
import type { Service, Timetable } from './timetable.ts'

/**
 * Books a pet in with a provider, wherever and with whomever the request leaves open.
 * @throws NotFound for a pet out of reach, Forbidden without the right to book it, AppError 422 for a time that is not
 * offered, PetBusy or SlotTaken (409) for one that is, HoldExpired for a hold that is gone
 */
export async function bookAppointment(tx: Tx, books: Books, actor: Person, booking: Booking): Promise<Appointment> {
  const { petId, holdId } = booking
  const hold = holdId === undefined ? undefined : await holdToSpend(tx, actor, holdId)
  const found = await lookUpVisit(tx, books, actor, { ...hold?.where, ...booking })
  const { timetable, service, startsAt, diary, withPet } = found
  const { version } = timetable
  const appointmentId = randomUUIDv7()
  const { accountId } = actor
  const overridable = overriding(actor, booking.override, startsAt, diary.now)
  const holder = { appointmentId }
  const asked = { holder, service, startsAt, petId, accountId, version, diary, withPet, overriding: overridable }
  const wanted = hold ? { ...asked, ...asHeld(hold, found, booking) } : asked
  const booked = await placeVisit(tx, wanted, async (placed, claims) => {
    const stored = newAppointment(appointmentId, booking, found, placed, actor)
    record(tx, actor, 'appointment.booked', {
      resource: { type: 'appointment', id: stored.id },
      petId,
      payload: {
        startsAt: stored.startsAt,
        sequence: 0,
        ...(holdId !== undefined && { holdId }),
        ...(placed.overridden.length > 0 && { overridden: placed.overridden }),
      },
    })
    tx.land()
    const createdAt = await reserveNew(tx, stored, claims, version)
    return shownAs(timetable, service, stored, createdAt)
  }).catch(notAsJudged)
  return toAppointment(booked)
}

function newAppointment(
  id: string,
  { petId, notes = null, override }: Booking,
  { service, startsAt }: FoundVisit,
  { providerId, place: { locationId, timeZone }, resourceIds, overridden }: Candidate,
  actor: Person,
): NewAppointment {
  return {
    id,
    petId,
    serviceId: service.id,
    providerId,
    locationId,
    resourceIds,
    ...timesOf(service, startsAt, timeZone),
    status: service.requiresApproval ? 'requested' : 'booked',
    notes,
    overrideReason: overridden.length > 0 ? (override?.reason ?? null) : null,
    bookedBy: actor.accountId,
    bookedByVet: hasRole(actor, 'veterinarian'),
  }
}

/** A visit's instants, and its start by the clock of its location. */
export function timesOf(service: Service, startsAt: number, timeZone: string) {
  return {
    startsAt: instantText(startsAt),
    endsAt: instantText(visitSpan(service, startsAt).to),
    localStart: localOf(startsAt, timeZone),
    timeZone,
  }
}

/** The stored appointment with the names it is shown under: what a read would give, without the read. */
function shownAs(timetable: Timetable, service: Service, stored: NewAppointment, createdAt: string): AppointmentRow {
  return {
    ...stored,
    serviceSlug: service.slug,
    serviceName: service.name,
    providerName: timetable.providers.get(stored.providerId)?.name ?? '',
    locationName: timetable.places.get(stored.locationId)?.name ?? '',
    overridden: stored.overrideReason !== null,
    lateCancellation: false,
    sequence: 0,
    createdAt,
    updatedAt: createdAt,
  }
}
