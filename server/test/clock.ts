import crypto from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Sets this process back to the day of all tests, where the databases of the tests are, so that what a test says of a date holds
 * for good. Timers run on, and child processes that get our `childEnv` are on that day too.
 */
const days = process.env.TEST_DAYS_BEHIND
if (!days) throw new Error('Run tests with: npm test [-- file …]')
const behindMs = Number(days) * 86_400_000
process.env.NODE_OPTIONS = `--import=${import.meta.url}`

const { now: machineNow } = Date
const now = () => machineNow() - behindMs
Date.now = now
globalThis.Date = new Proxy(Date, {
  construct: (target, words, made) => Reflect.construct(target, words.length > 0 ? words : [now()], made),
})

const { timeZoneId } = Temporal.Now
const instant = () => Temporal.Instant.fromEpochMilliseconds(now())
const zonedDateTimeISO = (zone: Temporal.TimeZoneLike = timeZoneId()) => instant().toZonedDateTimeISO(zone)
Object.assign(Temporal.Now, {
  instant,
  zonedDateTimeISO,
  plainDateISO: (zone?: Temporal.TimeZoneLike) => zonedDateTimeISO(zone).toPlainDate(),
  plainDateTimeISO: (zone?: Temporal.TimeZoneLike) => zonedDateTimeISO(zone).toPlainDateTime(),
  plainTimeISO: (zone?: Temporal.TimeZoneLike) => zonedDateTimeISO(zone).toPlainTime(),
})

const { randomUUIDv7 } = crypto
crypto.randomUUIDv7 = (...options) => {
  const [high, low, ...random] = randomUUIDv7(...options).split('-') as [string, string, ...string[]]
  const time = (Number.parseInt(high + low, 16) - behindMs).toString(16).padStart(12, '0')
  return [time.slice(0, 8), time.slice(8), ...random].join('-') as crypto.UUID
}
syncBuiltinESMExports()

// The client of S3 sets its clock by what a server dates its answers with.
subscribe('http.server.request.start', (message) => {
  const { response } = message as { response: ServerResponse }
  response.setHeader('date', new Date(now()).toUTCString())
})
