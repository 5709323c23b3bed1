import type { Queryable } from '../../../platform/database/database.ts'
import { teamsOf, workplacesOf } from '../teams.ts'
import type { NamedPlace, Provider, Service, Timetable } from '../timetable.ts'

export async function readTimetableVersion(db: Queryable): Promise<number> {
  const row = await db.row<{ version: number }>({
    name: 'timetable-version',
    text: 'select version from timetable_version',
    values: [],
  })
  return row?.version ?? 0
}

/** Loads everything in one statement, and so in one snapshot; what is not active is in no team. Exceptions and closures that ended over a week ago are left out. */
export async function loadTimetable(db: Queryable): Promise<Timetable> {
  const row = await db.row<{ version: number; services: Service[]; places: NamedPlace[]; providers: Provider[] }>({
    text: everything,
    values: [],
  })
  if (!row) throw new Error('The timetable has no version')
  return {
    version: row.version,
    longestWayMinutes: longestWay(row.places),
    services: new Map(
      row.services.flatMap((service) => [[service.id, service] as const, [service.slug, service] as const]),
    ),
    places: new Map(row.places.map((place) => [place.locationId, place])),
    providers: new Map(row.providers.map((provider) => [provider.id, provider])),
    teams: teamsOf(row.providers),
    workplaces: workplacesOf(row.providers),
  }
}

/** Of the two places that take longest to get to; with one there is nowhere to go. */
function longestWay(places: readonly NamedPlace[]): number {
  const [longest = 0, next] = places.map(({ travelMinutes = 0 }) => travelMinutes).sort((a, b) => b - a)
  return next === undefined ? 0 : longest + next
}

const span = (range: string) => `json_build_object(
  'from', coalesce(extract(epoch from lower(${range})) * 1000, -8640000000000000),
  'to', coalesce(extract(epoch from upper(${range})) * 1000, 8640000000000000))`

const everything = `
select version,
  (select coalesce(json_agg(json_build_object(
       'id', id, 'slug', slug, 'name', name, 'kind', kind, 'durationMinutes', duration_minutes,
       'bufferBeforeMinutes', buffer_before_minutes, 'bufferAfterMinutes', buffer_after_minutes, 'stepMinutes', step_minutes,
       'leadMinutes', lead_minutes, 'horizonDays', horizon_days, 'cancellationHours', cancellation_hours,
       'resourceKinds', resource_kinds, 'requiresApproval', requires_approval,
       'durations', (select coalesce(json_agg(json_build_object(
                       'species', d.species, 'fromGrams', lower(d.weight_grams), 'belowGrams', upper(d.weight_grams),
                       'durationMinutes', d.duration_minutes)), '[]')
                       from service_durations d where d.service_id = services.id))), '[]')
     from services) as services,
  (select coalesce(json_agg(json_build_object(
       'locationId', id, 'name', name, 'timeZone', time_zone, 'travelMinutes', travel_minutes,
       'resources', (select coalesce(json_agg(json_build_object('id', r.id, 'kind', r.kind) order by r.id), '[]')
                       from resources r where r.location_id = l.id),
       'closures', (select coalesce(json_agg(${span('c.during')}), '[]')
                      from closures c where c.location_id = l.id and upper(c.during) > clock_now() - interval '7 days'))), '[]')
     from locations l) as places,
  (select coalesce(json_agg(json_build_object(
       'id', p.id, 'accountId', p.account_id, 'name', a.name,
       'performs', (select coalesce(json_agg(json_build_object('serviceId', s.id, 'species', o.species)), '[]')
                      from provider_services o join services s on s.id = o.service_id
                     where o.provider_id = p.id and p.active and s.active),
       'rosters', (select coalesce(json_agg(json_build_object(
            'providerId', p.id, 'locationId', pl.location_id,
            'shifts', (select coalesce(json_agg(json_build_object(
                           'weekday', weekday, 'fromMinute', from_minute, 'toMinute', to_minute,
                           'effectiveFrom', lower(effective), 'effectiveUntil', upper(effective))), '[]')
                         from working_hours h where h.provider_id = p.id and h.location_id = pl.location_id),
            'extra', (select coalesce(json_agg(${span('e.during')}), '[]')
                        from schedule_exceptions e
                       where e.provider_id = p.id and e.kind = 'extra-hours' and e.location_id = pl.location_id
                         and upper(e.during) > clock_now() - interval '7 days'),
            'off', (select coalesce(json_agg(${span('e.during')}), '[]')
                      from schedule_exceptions e
                     where e.provider_id = p.id and e.kind = 'time-off'
                       and (e.location_id is null or e.location_id = pl.location_id)
                       and upper(e.during) > clock_now() - interval '7 days'))), '[]')
          from provider_locations pl where pl.provider_id = p.id)) order by p.id), '[]')
     from providers p join accounts a on a.id = p.account_id) as providers
from timetable_version`
