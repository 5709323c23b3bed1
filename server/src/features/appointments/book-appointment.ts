import { randomUUIDv7 } from 'node:crypto'
import type { Appointment, Booking } from '@petra/contract'
import { hasRole, type Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/event-log.ts'
import { shareSchedule } from '../catalogue/lookup.ts'
import { findRelation, type Relation, viewOf } from '../pets/lookup.ts'
import { askedTime, instantText } from './asked-time.ts'
import type { Candidate } from './candidates.ts'
import type { Roster } from './diary.ts'
import { petGone, unknownReference } from './errors.ts'
import { localOf } from './local-time.ts'
import { placeVisit, type Wanted } from './place-visit.ts'
import { mayBook } from './policy.ts'
import { insertAppointment, type NewAppointment } from './queries/appointment-changes.ts'
import { type AppointmentRow, toAppointment } from './queries/appointments.ts'
import { readDiary } from './read-diary.ts'
import { reservedSpan, visitSpan } from './reserved-span.ts'
import { findService, type Service, type Timetable, type Timetables } from './timetable.ts'

/**
 * Books a pet in with a provider, wherever and with whomever the request leaves open.
 * @throws NotFound for a pet out of reach, Forbidden without the right to book it, AppError 422 for a time that is not
 * offered, PetBusy or SlotTaken (409) for one that is
 */
export async function bookAppointment(
  tx: Tx,
  timetables: Timetables,
  actor: Person,
  booking: Booking,
): Promise<Appointment> {
  const { petId } = booking
  const [, relation, { timetable, service, startsAt, diary }] = await Promise.all([
    shareSchedule(tx),
    findRelation(tx, actor, petId),
    timetables.readBy(tx, (timetable) => lookUp(tx, timetable, booking)),
  ])
  if (!relation || viewOf(actor, relation) === null) throw new NotFound()
  const rosters = rostersToBook(timetable, actor, relation, diary.rosters)
  const wanted = { appointmentId: randomUUIDv7(), service, startsAt, petId, diary: { ...diary, rosters } }
  const booked = await placeVisit(tx, wanted, async (placed) => {
    const stored = newAppointment(wanted, placed, actor, booking.notes)
    record(tx, actor, 'appointment.booked', {
      resource: { type: 'appointment', id: stored.id },
      petId,
      payload: { startsAt: stored.startsAt, sequence: 0 },
    })
    tx.land()
    const createdAt = await insertAppointment(tx, stored)
    return shownAs(timetable, service, stored, createdAt)
  }).catch(petGone)
  return toAppointment(booked)
}

/** What is asked for, and all that decides about it. */
async function lookUp(tx: Tx, timetable: Timetable, booking: Booking) {
  const { petId, providerId } = booking
  const service = serviceNamed(timetable, booking.service)
  const locationId = locationOf(timetable, booking)
  const startsAt = askedTime(booking.startsAt, locationId && timetable.places.get(locationId)?.timeZone)
  const asked = { service, locationId, providerId, petId }
  return { timetable, service, startsAt, diary: await readDiary(tx, timetable, asked, reservedSpan(service, startsAt)) }
}

/** @throws Invalid 422 when there is no such service */
export function serviceNamed(timetable: Timetable, slugOrId: string): Service {
  const service = findService(timetable, slugOrId)
  if (!service) throw unknownReference('/body/service')
  return service
}

/** The location that is named, or the only one of a named provider. */
function locationOf(timetable: Timetable, { locationId, providerId }: Booking): string | undefined {
  if (locationId !== undefined && !timetable.places.has(locationId)) throw unknownReference('/body/locationId')
  const provider = providerId === undefined ? undefined : timetable.providers.get(providerId)
  if (providerId !== undefined && !provider) throw unknownReference('/body/providerId')
  return locationId ?? (provider?.rosters.length === 1 ? provider.rosters[0]?.locationId : undefined)
}

/** Those of the team that the actor may book the pet in with. @throws Forbidden when the team has somebody, but nobody for the actor */
function rostersToBook(
  timetable: Timetable,
  actor: Person,
  { rights }: Relation,
  rosters: readonly Roster[],
): readonly Roster[] {
  const bookable = rosters.filter(({ locationId }) =>
    mayBook(actor, { rights, isAtLocation: worksAt(timetable, actor, locationId) }),
  )
  if (rosters.length > 0 && bookable.length === 0) throw new Forbidden('You may see this pet, but not book for it.')
  return bookable
}

function worksAt(timetable: Timetable, actor: Person, locationId: string): boolean {
  return [...timetable.providers.values()].some(
    (provider) =>
      provider.accountId === actor.accountId && provider.rosters.some((roster) => roster.locationId === locationId),
  )
}

function newAppointment(
  { appointmentId, service, startsAt, petId }: Wanted,
  { providerId, place: { locationId, timeZone } }: Candidate,
  actor: Person,
  notes: string | null = null,
): NewAppointment {
  return {
    id: appointmentId,
    petId,
    serviceId: service.id,
    providerId,
    locationId,
    ...timesOf(service, startsAt, timeZone),
    status: service.requiresApproval ? 'requested' : 'booked',
    notes,
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
    lateCancellation: false,
    sequence: 0,
    createdAt,
    updatedAt: createdAt,
  }
}
