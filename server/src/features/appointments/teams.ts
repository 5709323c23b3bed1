import type { Roster } from './diary.ts'
import type { Provider } from './timetable.ts'

/** The rosters of those who perform a service, by service and provider. */
export function teamsOf(providers: readonly Provider[]): Map<string, Map<string, Roster[]>> {
  const seats = new Map<string, number>()
  const teams = new Map<string, Map<string, Roster[]>>()
  for (const { id, performs, rosters } of providers) {
    if (rosters.length === 0) continue
    const seated = rosters.map((roster) => {
      const seat = seats.get(roster.locationId) ?? 0
      seats.set(roster.locationId, seat + 1)
      return { ...roster, seat }
    })
    for (const { serviceId, species } of performs) {
      const team = teams.get(serviceId) ?? new Map<string, Roster[]>()
      const skilled = seated.map((roster) => ({ ...roster, species }))
      teams.set(serviceId, team.set(id, skilled))
    }
  }
  return teams
}

/** The locations at which an account works, by account. */
export function workplacesOf(providers: readonly Provider[]): Map<string, Set<string>> {
  const byAccount = Map.groupBy(providers, ({ accountId }) => accountId)
  const placesOf = (jobs: readonly Provider[]) =>
    new Set(jobs.flatMap(({ rosters }) => rosters.map((at) => at.locationId)))
  return new Map([...byAccount].map(([accountId, jobs]) => [accountId, placesOf(jobs)]))
}
