import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { House } from '../setup.ts'
import { addAccount } from '../world.ts'
import type { BookingCase, CaseProvider, Standing, Stretch } from './booking-case.ts'

/**
 * Puts companies side by side into one database, whose clock stands still at their `now`: nothing of one has to do with another.
 * @returns for each the account that owns its pets
 */
export async function stageCases(house: House, cases: readonly BookingCase[]): Promise<string[]> {
  const now = textOf(cases[0]?.now ?? 0)
  await house.sql(
    `create or replace function clock_now() returns timestamptz language sql stable return timestamptz '${now}'`,
  )
  const owners = await Promise.all(cases.map(() => addAccount(house, `Owner ${randomUUID()}`)))
  const insert = (table: string, rows: readonly object[]) => {
    const columns = Object.keys(rows[0] ?? {}).join(', ')
    const text = `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`
    return rows.length === 0 ? [] : house.sql(text, [JSON.stringify(rows)])
  }
  await insert(
    'pets',
    cases.flatMap(({ pets }) =>
      pets.map(({ id, species, weightGrams }) => ({ id, name: 'Bo', species, weight_grams: weightGrams })),
    ),
  )
  await insert(
    'ownerships',
    cases.flatMap(({ pets }, index) => pets.map(({ id }) => ({ pet_id: id, owner_id: owners[index] }))),
  )
  await insert('services', cases.map(serviceRow))
  await insert('service_durations', cases.flatMap(durationRows))
  const locations = cases.flatMap((one) => one.locations)
  await insert(
    'locations',
    locations.map(({ id, timeZone, travelMinutes }) => ({
      id,
      name: id,
      time_zone: timeZone,
      travel_minutes: travelMinutes,
    })),
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
  const accountOf = new Map(providers.map(({ id }, n) => [id, accounts[n]]))
  const standing = cases.flatMap((one, index) =>
    one.standing.map((each) => ({
      ...each,
      id: randomUUID(),
      serviceId: one.service.id,
      holder: each.hold === 'mine' ? owners[index] : accountOf.get(one.providers[0]?.id ?? ''),
    })),
  )
  await insert('appointments', standing.filter(({ hold }) => hold === null).map(visitRow))
  await insert('holds', holdRows(standing.filter(({ hold }) => hold !== null)))
  await insert('reservations', standing.flatMap(reservationRows))
  return owners
}

/** Takes a booking back as if it had never been, which is less work than cancelling it, and leaves the case as it was. */
export async function unbook(house: House, appointmentId: string): Promise<void> {
  const given = 'delete from reservations where appointment_id = $1 returning subject_id'
  const text = `with given as (${given}) delete from appointments where id = $1 and exists (select from given) returning id`
  assert.equal((await house.sql(text, [appointmentId])).length, 1)
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
    .map(({ id, species }) => ({ provider_id: id, service_id: service.id, role: 'groomer', species }))
}

function durationRows({ service }: BookingCase) {
  return service.durations.map(({ species, fromGrams, belowGrams, durationMinutes }) => ({
    service_id: service.id,
    species,
    weight_grams: `[${fromGrams},${belowGrams ?? ''})`,
    duration_minutes: durationMinutes,
  }))
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

type Staged = Standing & { readonly id: string; readonly serviceId: string; readonly holder: string | undefined }

/** Numbered per account. */
function holdRows(holds: readonly Staged[]) {
  const numbers = new Map<string | undefined, number>()
  return holds.map(({ id, serviceId, visit, providerId, locationId, hold, holder }) => {
    const number = (numbers.get(holder) ?? 0) + 1
    numbers.set(holder, number)
    const where = { service_id: serviceId, provider_id: providerId, location_id: locationId }
    const times = { starts_at: textOf(visit.from), ends_at: textOf(visit.to) }
    const expires_at = hold === 'expired' ? '2000-01-01T00:00Z' : '2100-01-01T00:00Z'
    return { id, account_id: holder, number, ...where, ...times, expires_at }
  })
}

function visitRow({ id, serviceId, visit, petId, providerId, locationId, holder }: Staged) {
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
    booked_by: holder,
  }
}

function reservationRows({ id, hold, visit, reserved, petId, providerId, locationId, resourceIds }: Staged) {
  const holder = { appointment_id: hold === null ? id : null, hold_id: hold === null ? null : id }
  const during = rangeOf(reserved)
  return [
    { ...holder, subject_id: petId, during: rangeOf(visit), location_id: null },
    { ...holder, subject_id: providerId, during, location_id: locationId },
    ...resourceIds.map((subject_id) => ({ ...holder, subject_id, during, location_id: null })),
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
