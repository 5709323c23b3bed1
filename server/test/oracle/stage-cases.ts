import { randomUUID } from 'node:crypto'
import type { House } from '../setup.ts'
import { addAccount } from '../world.ts'
import type { BookingCase, CaseProvider, Standing, Stretch } from './booking-case.ts'

/**
 * Puts companies side by side into one database, whose clock stands still at their `now`: nothing of one has to do with another.
 * @returns the account that owns every pet of theirs
 */
export async function stageCases(house: House, cases: readonly BookingCase[]): Promise<string> {
  const now = textOf(cases[0]?.now ?? 0)
  await house.sql(
    `create or replace function clock_now() returns timestamptz language sql stable return timestamptz '${now}'`,
  )
  const ownerId = await addAccount(house, `Owner ${randomUUID()}`)
  const insert = (table: string, rows: readonly object[]) => {
    const columns = Object.keys(rows[0] ?? {}).join(', ')
    const text = `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`
    return rows.length === 0 ? [] : house.sql(text, [JSON.stringify(rows)])
  }
  const pets = cases.flatMap(({ petIds }) => petIds)
  await insert(
    'pets',
    pets.map((id) => ({ id, name: 'Bo', species: 'dog' })),
  )
  await insert(
    'ownerships',
    pets.map((pet_id) => ({ pet_id, owner_id: ownerId })),
  )
  await insert('services', cases.map(serviceRow))
  const locations = cases.flatMap((one) => one.locations)
  await insert(
    'locations',
    locations.map(({ id, timeZone }) => ({ id, name: id, time_zone: timeZone })),
  )
  const inLocations = <T>(rows: (location: (typeof locations)[number]) => readonly T[]) => locations.flatMap(rows)
  await insert(
    'resources',
    inLocations((at) => at.resources.map(({ id, kind }) => ({ id, kind, name: id, location_id: at.id }))),
  )
  await insert(
    'closures',
    inLocations((at) => at.closures.map((closure) => ({ id: randomUUID(), location_id: at.id, ...timesOf(closure) }))),
  )
  const providers = cases.flatMap((one) => one.providers)
  const accounts = await Promise.all(providers.map(({ id }) => addAccount(house, id, 'groomer')))
  await insert(
    'providers',
    providers.map(({ id }, n) => ({ id, account_id: accounts[n], role: 'groomer' })),
  )
  await insert('provider_services', cases.flatMap(performances))
  await insert(
    'provider_locations',
    providers.flatMap(({ id, locationIds }) => locationIds.map((location_id) => ({ provider_id: id, location_id }))),
  )
  await insert('working_hours', providers.flatMap(hourRows))
  await insert('schedule_exceptions', providers.flatMap(exceptionRows))
  const visits = cases.flatMap((one) =>
    one.standing.map((standing) => ({ ...standing, id: randomUUID(), serviceId: one.service.id })),
  )
  await insert(
    'appointments',
    visits.map((visit) => visitRow(visit, ownerId)),
  )
  await insert('reservations', visits.flatMap(reservationRows))
  return ownerId
}

function serviceRow({ service }: BookingCase) {
  return {
    id: service.id,
    slug: `s${service.id}`,
    name: service.id,
    kind: 'grooming',
    duration_minutes: service.durationMinutes,
    buffer_before_minutes: service.bufferBeforeMinutes,
    buffer_after_minutes: service.bufferAfterMinutes,
    step_minutes: service.stepMinutes,
    lead_minutes: service.leadMinutes,
    horizon_days: service.horizonDays,
    resource_kinds: service.resourceKinds,
  }
}

function performances({ service, providers }: BookingCase) {
  return providers
    .filter(({ performsIt }) => performsIt)
    .map(({ id }) => ({ provider_id: id, service_id: service.id, role: 'groomer' }))
}

function hourRows({ id, shifts }: CaseProvider) {
  return shifts
    .filter(({ effectiveFrom, effectiveUntil }) => effectiveUntil === null || effectiveFrom < effectiveUntil)
    .map(({ locationId, weekday, fromMinute, toMinute, effectiveFrom, effectiveUntil }) => ({
      provider_id: id,
      location_id: locationId,
      weekday,
      from_minute: fromMinute,
      to_minute: toMinute,
      effective: `[${effectiveFrom},${effectiveUntil ?? ''})`,
    }))
}

function exceptionRows({ id, timeOff, extraHours }: CaseProvider) {
  const row = (kind: string) => (stretch: Stretch & { readonly locationId: string | null }) => ({
    id: randomUUID(),
    provider_id: id,
    location_id: stretch.locationId,
    kind,
    ...timesOf(stretch),
  })
  return [...timeOff.map(row('time-off')), ...extraHours.map(row('extra-hours'))]
}

type Visit = Standing & { readonly id: string; readonly serviceId: string }

function visitRow({ id, serviceId, visit, petId, providerId, locationId }: Visit, ownerId: string) {
  return {
    id,
    pet_id: petId,
    service_id: serviceId,
    provider_id: providerId,
    location_id: locationId,
    starts_at: textOf(visit.from),
    ends_at: textOf(visit.to),
    local_start: textOf(visit.from).slice(0, -1),
    time_zone: 'UTC',
    status: 'booked',
    booked_by: ownerId,
  }
}

function reservationRows({ id, visit, reserved, petId, providerId, resourceIds }: Visit) {
  return [
    { subject_id: petId, during: rangeOf(visit), appointment_id: id },
    ...[providerId, ...resourceIds].map((subject_id) => ({
      subject_id,
      during: rangeOf(reserved),
      appointment_id: id,
    })),
  ]
}

/** With what an admin would have said in UTC, which decides nothing. */
function timesOf(stretch: Stretch) {
  const [local_from, local_to] = [stretch.from, stretch.to].map((instant) => textOf(instant).slice(0, -1))
  return { during: rangeOf(stretch), local_from, local_to }
}

function rangeOf({ from, to }: Stretch): string {
  return `[${textOf(from)},${textOf(to)})`
}

function textOf(instant: number): string {
  return new Date(instant).toISOString()
}
