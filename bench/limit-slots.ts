/** A provider's hours on a day, in minutes from midnight UTC, and the visits taken of them: `{start×10000+end,…}`, in order. */
export interface ProviderDay {
  readonly providerId: string
  readonly from: number
  readonly to: number
  readonly taken: string
  readonly minutes: number
  readonly step: number
}

/** The starts at which somebody is free, in the order of the day, as the API shows them. */
export function freeSlots(days: readonly ProviderDay[], date: string, locationId: string) {
  const free = new Map<number, string[]>()
  for (const { providerId, from, to, taken, minutes, step } of days) {
    const visits = taken === '{}' ? [] : taken.slice(1, -1).split(',').map(Number)
    let next = 0
    for (let minute = from; minute + minutes <= to; minute += step) {
      while (next < visits.length && (visits[next] as number) % 10_000 <= minute) next++
      if (next < visits.length && Math.floor((visits[next] as number) / 10_000) < minute + minutes) continue
      const others = free.get(minute)
      if (others) others.push(providerId)
      else free.set(minute, [providerId])
    }
  }
  const minutes = days[0]?.minutes ?? 0
  return [...free]
    .sort(([a], [b]) => a - b)
    .map(([minute, providerIds]) => ({
      startsAt: `${date}T${clock(minute)}:00Z`,
      endsAt: `${date}T${clock(minute + minutes)}:00Z`,
      locationId,
      providerIds,
      localStart: `${date}T${clock(minute)}:00`,
    }))
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
