import { once } from 'node:events'
import { Agent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import pg from 'pg'
import { type BenchServer, petraCommand, startServer } from './bench-server.ts'
import { bookingRows, fiftyProviders, manyRooms, moreDays, wholeDay } from './booking-rows.ts'
import { company, earlyTimes, firstBookedDay, idOf } from './company.ts'
import { drive } from './drive.ts'
import type { Workload } from './workloads.ts'

const DAY = 86_400_000
const ROUNDS = 100
const BOOKERS = 16
const WARM_SECONDS = 3
/** Of a month, with providers that are not asked for again: as for bookings, it is not Node's compiling that is measured. */
const WARM_SEARCHES = 100
const RACERS = 200

/**
 * Measures search and booking with 170,000 future reservations: searches by one client, each of which is another than those before it, the
 * first of a kind also of times that nobody has looked at; then one search again and again; bookings by 16; 200 racers on one time.
 * Mail is the worker's, which is not running.
 * @param databaseCpu seconds of CPU time that the database has used so far
 * @returns lines of Markdown
 */
export async function measureBooking(
  env: Record<string, string>,
  ownerUrl: string,
  sign: (owner: number, url: string) => string,
  booking: Workload,
  seconds: number,
  databaseCpu: () => number,
): Promise<string> {
  const reservations = await addRows(ownerUrl)
  await using petra = await startServer('Petra', petraCommand, { ...env, PROCESS: 'api' }, sign)
  const first = new Date(firstBookedDay).toISOString().slice(0, 10)
  const [location, provider] = [
    (n: number) => `&location=${idOf('location', n)}`,
    (n: number) => `&provider=${idOf('staff', n)}`,
  ]
  const month = `date=${first}&days=31`
  const monthOfOne = (round: number) => `/availability?service=service-1&${month}${provider(round + 1)}`
  for (let round = ROUNDS; round < ROUNDS + WARM_SEARCHES; round++) await get(petra, monthOfOne(round))
  const searches: [string, (round: number) => string][] = [
    ['1 provider, 31 days', monthOfOne],
    [
      '10 providers, a day',
      (round) => `/availability?service=service-1&date=${dateOf(round)}${location((round % company.locations) + 1)}`,
    ],
    [
      '10 providers, 3 kinds of rooms, 31 days',
      (round) => `/availability?service=${manyRooms}&${month}${location((round % company.locations) + 1)}`,
    ],
    ['50 providers, 3 kinds of rooms, 31 days', () => `/availability?service=${fiftyProviders}&${month}`],
    ['200 providers, 3 kinds of rooms, 31 days', () => `/availability?service=${manyRooms}&${month}`],
    ['next 5 starts, 20 locations', () => `/availability/next?service=${manyRooms}&from=${first}`],
    [
      `next 5 starts, 20 locations, none for ${company.bookedDays + moreDays} days`,
      () => `/availability/next?service=${wholeDay}&from=${first}`,
    ],
  ]
  const lines = [`${reservations} reservations ahead.`, '', '| | first ms | p50 ms | p95 ms |', '|---|--:|--:|--:|']
  for (const [title, path] of searches) {
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++)
      times.push(await timed(() => get(petra, `${path(round)}&fromTime=${earlyTimes[round]}`)))
    lines.push(`| ${title} | ${times[0]?.toFixed(1)} | ${percentile(times, 0.5)} | ${percentile(times, 0.95)} |`)
  }
  const day = `/availability?service=service-1&date=${first}${location(1)}`
  const again: number[] = []
  for (let round = 0; round < 20 * ROUNDS; round++) again.push(await timed(() => get(petra, day)))
  lines.push(
    `| a day that was asked for before | ${again[0]?.toFixed(1)} | ${percentile(again, 0.5)} | ${percentile(again, 0.95)} |`,
  )
  return [
    ...lines,
    '',
    ...(await bookings(petra, booking, seconds, databaseCpu)),
    ...(await race(petra, booking)),
  ].join('\n')
}

async function addRows(ownerUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(bookingRows)
    await client.query('vacuum (analyze)')
    const { rows } = await client.query('select count(*)::int from reservations where lower(during) > now()')
    return rows[0].count
  } finally {
    await client.end()
  }
}

async function bookings(
  petra: BenchServer,
  booking: Workload,
  seconds: number,
  databaseCpu: () => number,
): Promise<string[]> {
  let count = 100_000
  const book = (time: number) => drive(petra, booking, () => count++, time, databaseCpu, BOOKERS)
  await book(WARM_SECONDS)
  const { rate, p50, p97_5, failures, fault } = await book(seconds)
  if (failures > 0) throw new Error(`${failures} bookings failed: ${fault}`)
  return [`${rate.toFixed(0)} bookings a second by ${BOOKERS} clients, p50 ${p50} ms, p97.5 ${p97_5} ms.`]
}

/** Each comes with a pet of their own, over a connection that is open. */
async function race(petra: BenchServer, { request }: Workload): Promise<string[]> {
  const { path, body } = request(200_000)
  const open = new Agent({ keepAlive: true, maxSockets: RACERS })
  const racers = Array.from({ length: RACERS }, (_, index) => index)
  const live = racers.map(() => call(petra, '/health/live', { agent: open }))
  for (const status of await Promise.all(live)) expected(status, 200)
  const answers = await Promise.all(
    racers.map(async (index) => {
      const petId = idOf('pet', (index + 1) * company.petsPerOwner)
      const token = petra.tokenOf(index + 1)
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      let status: number | undefined
      const ms = await timed(async () => {
        status = await call(petra, path, { agent: open, method: 'POST', headers }, JSON.stringify({ ...body, petId }))
      })
      return { status, ms }
    }),
  )
  open.destroy()
  const won = answers.filter(({ status }) => status === 201).length
  if (won !== 1 || answers.some(({ status }) => status !== 201 && status !== 409)) throw new Error(`${won} racers won`)
  const times = answers.map(({ ms }) => ms)
  return [`${RACERS} racers on one time: one won, p50 ${percentile(times, 0.5)} ms, p99 ${percentile(times, 0.99)} ms.`]
}

/** One connection that stays. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

async function get(petra: BenchServer, path: string): Promise<void> {
  expected(await call(petra, path, { agent }), 200)
}

/** Not `fetch`, which takes as long by itself as a search that was asked for before. */
async function call(
  petra: BenchServer,
  path: string,
  options: RequestOptions,
  body?: string,
): Promise<number | undefined> {
  const request = httpRequest(petra.url + path, options).end(body)
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  await once(answer.resume(), 'end')
  return answer.statusCode
}

function expected(status: number | undefined, wanted: number): void {
  if (status !== wanted) throw new Error(`${status} instead of ${wanted}`)
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function percentile(times: readonly number[], part: number): string {
  const sorted = times.toSorted((a, b) => a - b)
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(1)
}

function dateOf(round: number): string {
  return new Date(firstBookedDay + (round % company.bookedDays) * DAY).toISOString().slice(0, 10)
}
