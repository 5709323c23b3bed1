import type {
  BookingCase,
  CaseLocation,
  CasePet,
  CaseProvider,
  CaseShift,
  CaseTerms,
  Offer,
  Standing,
  Stretch,
} from './booking-case.ts'

/**
 * Which starts can be booked, and with whom: the rules of booking one by one, start by start, with `Temporal` and nothing
 * of the engine.
 */
export function offersOf(all: BookingCase): Offer[] {
  const { asked, service } = all
  return all.locations
    .filter(({ id }) => asked.locationId === undefined || asked.locationId === id)
    .flatMap((location) => offersAt(all, location, everyStart(location, asked, service.stepMinutes)))
    .sort((a, b) => a.startsAt - b.startsAt || (a.locationId < b.locationId ? -1 : 1))
}

function offersAt(all: BookingCase, location: CaseLocation, starts: readonly Temporal.ZonedDateTime[]): Offer[] {
  const { asked } = all
  const service = serviceFor(all)
  const pet = petOf(all)
  const team = all.providers
    .filter(({ id }) => asked.providerId === undefined || asked.providerId === id)
    .filter(({ performsIt, locationIds }) => performsIt && locationIds.includes(location.id))
    .filter(({ species }) => !species || !pet || species.includes(pet.species))
    .map((provider) => ({ provider, hours: hoursOf(provider, location, asked) }))
  const isBookable = bookableFrom(all, location)
  return starts
    .filter((start) => isOpen(all, location, visitFrom(service, start)) && isBookable(start))
    .map((start) => ({
      startsAt: start.epochMilliseconds,
      localStart: start.toPlainDateTime().toString({ smallestUnit: 'second' }),
      locationId: location.id,
      providerIds: team
        .filter(({ provider, hours }) => mayTake(all, location, provider, hours, visitFrom(service, start)))
        .map(({ provider }) => provider.id)
        .sort(),
    }))
    .filter(({ providerIds }) => providerIds.length > 0)
}

/** Rules 2 and 3: every time on the step that the clock shows on the dates asked for, once for each time it shows it. */
function everyStart({ timeZone }: CaseLocation, asked: BookingCase['asked'], step: number): Temporal.ZonedDateTime[] {
  const starts = new Map<number, Temporal.ZonedDateTime>()
  for (let day = 0; day < asked.days; day++) {
    const midnight = Temporal.PlainDate.from(asked.date).add({ days: day }).toPlainDateTime()
    for (let minutes = 0; minutes < 24 * 60; minutes += step) {
      const local = midnight.add({ minutes })
      for (const disambiguation of ['earlier', 'later'] as const) {
        const start = local.toZonedDateTime(timeZone, { disambiguation })
        if (start.toPlainDateTime().equals(local)) starts.set(start.epochMilliseconds, start)
      }
    }
  }
  return [...starts.values()]
}

/** Rule 8: lead time by the clock, the horizon by the calendar of the location. */
function bookableFrom({ now, service }: BookingCase, { timeZone }: CaseLocation) {
  const earliest = now + service.leadMinutes * MINUTE
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate()
  const lastDay = today.add({ days: service.horizonDays })
  return (start: Temporal.ZonedDateTime) =>
    earliest <= start.epochMilliseconds && Temporal.PlainDate.compare(start.toPlainDate(), lastDay) <= 0
}

/** What else has to be so whoever takes the visit. */
function isOpen(all: BookingCase, location: CaseLocation, visit: Stretch): boolean {
  const { asked, service } = all
  const standing = standingIn(all)
  // Rule 19: a closure beats whatever hours there are.
  if (location.closures.some((closure) => meet(closure, visit))) return false
  // Rule 18: the pet is in one place at a time.
  if (standing.some(({ petId, visit: other }) => petId === asked.petId && meet(other, visit))) return false
  // Rule 17: one resource of each kind is free, buffers included, and it is the one that is named.
  const reserved = withBuffers(service, visit)
  const isFree = (id: string) => !standing.some((it) => it.resourceIds.includes(id) && meet(it.reserved, reserved))
  const named = location.resources.find(({ id }) => id === asked.resourceId)
  if (asked.resourceId !== undefined && !(named && service.resourceKinds.includes(named.kind))) return false
  return service.resourceKinds.every((wanted) =>
    location.resources.some(
      ({ id, kind }) => kind === wanted && isFree(id) && (named?.kind !== wanted || named.id === id),
    ),
  )
}

/** What has to be so of the provider: at work throughout, not off, and with nobody else, here or elsewhere (rule 7). */
function mayTake(
  all: BookingCase,
  location: CaseLocation,
  provider: CaseProvider,
  hours: readonly Stretch[],
  visit: Stretch,
): boolean {
  const reserved = withBuffers(all.service, visit)
  const off = provider.timeOff.filter(({ locationId }) => locationId === null || locationId === location.id)
  return (
    isWithin(hours, visit) &&
    !off.some((stretch) => meet(stretch, visit)) &&
    !standingIn(all).some((other) => {
      if (other.providerId !== provider.id) return false
      const there = all.locations.find(({ id }) => id === other.locationId)
      if (!there || there === location) return meet(other.reserved, reserved)
      // Between two locations lies the time it takes to leave one and to get to the other.
      const way = (there.travelMinutes + location.travelMinutes) * MINUTE
      return meet({ from: other.reserved.from - way, to: other.reserved.to + way }, reserved)
    })
  )
}

/** Rule 16: what somebody holds is taken, for all but themselves and for as long as the hold lasts. */
function standingIn({ standing }: BookingCase): Standing[] {
  return standing.filter(({ hold }) => hold === null || hold === 'of another')
}

function petOf({ asked, pets }: BookingCase): CasePet | undefined {
  return pets.find(({ id }) => id === asked.petId)
}

/** A service takes pets of some weights its own time, and one that was never weighed the longest of its species. */
function serviceFor(all: BookingCase): CaseTerms {
  const pet = petOf(all)
  const minutes = all.service.durations
    .filter(({ species }) => species === pet?.species)
    .filter(({ fromGrams, belowGrams }) => {
      if (!pet || pet.weightGrams === null) return true
      return fromGrams <= pet.weightGrams && (belowGrams === null || pet.weightGrams < belowGrams)
    })
    .map(({ durationMinutes }) => durationMinutes)
  return minutes.length === 0 ? all.service : { ...all.service, durationMinutes: Math.max(...minutes) }
}

/** Rules 4, 6 and 19: the weekly hours that begin some days around the dates asked for, and the extra hours. */
function hoursOf(provider: CaseProvider, location: CaseLocation, asked: BookingCase['asked']): Stretch[] {
  const hours: Stretch[] = provider.extraHours.filter(({ locationId }) => locationId === location.id)
  const shifts = provider.shifts.filter(({ locationId }) => locationId === location.id)
  for (let day = -3; day <= asked.days + 2; day++) {
    const date = Temporal.PlainDate.from(asked.date).add({ days: day })
    // A day that the zone skipped has nobody who begins a shift.
    if (!date.toZonedDateTime(location.timeZone).toPlainDate().equals(date)) continue
    for (const shift of shifts.filter((shift) => beginsOn(shift, date))) {
      const [from, to] = [shift.fromMinute, shift.toMinute].map(
        (minutes) => date.toPlainDateTime().add({ minutes }).toZonedDateTime(location.timeZone).epochMilliseconds,
      ) as [number, number]
      hours.push({ from, to })
    }
  }
  return hours
}

function beginsOn({ weekday, effectiveFrom, effectiveUntil }: CaseShift, date: Temporal.PlainDate): boolean {
  return (
    weekday === date.dayOfWeek &&
    Temporal.PlainDate.compare(effectiveFrom, date) <= 0 &&
    (effectiveUntil === null || Temporal.PlainDate.compare(date, effectiveUntil) < 0)
  )
}

/** Rule 1: durations are elapsed time. */
function visitFrom(service: CaseTerms, start: Temporal.ZonedDateTime): Stretch {
  const from = start.epochMilliseconds
  return { from, to: from + service.durationMinutes * MINUTE }
}

/** Rule 5: buffers are the provider's and the resources'. */
function withBuffers(service: CaseTerms, { from, to }: Stretch): Stretch {
  return { from: from - service.bufferBeforeMinutes * MINUTE, to: to + service.bufferAfterMinutes * MINUTE }
}

/** Rule 1: what ends when another begins does not meet it. */
function meet(a: Stretch, b: Stretch): boolean {
  return Math.max(a.from, b.from) < Math.min(a.to, b.to)
}

/** Whether every moment of `whole` lies in some part: it can only stop to do so where a part ends. */
function isWithin(parts: readonly Stretch[], whole: Stretch): boolean {
  const ends = parts.map(({ to }) => to).filter((to) => whole.from < to && to < whole.to)
  return [whole.from, ...ends].every((moment) => parts.some(({ from, to }) => from <= moment && moment < to))
}

const MINUTE = 60_000
