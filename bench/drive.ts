import autocannon from 'autocannon'
import type { BenchServer } from './bench-server.ts'
import type { Workload } from './workloads.ts'

/** One round of a workload against a server. */
export interface Round {
  /** Answers of 2xx a second. */
  readonly rate: number
  /** Milliseconds. */
  readonly p50: number
  readonly p97_5: number
  readonly p99: number
  /** CPU time of the server's process, in microseconds per request. */
  readonly cpu: number
  /** CPU time of the database, all its processes, in microseconds per request. */
  readonly databaseCpu: number
  /** Resident memory of the server's process after the round, in MB. */
  readonly rss: number
  /** Answers that were not 2xx, lost connections, and bodies found wrong. */
  readonly failures: number
  /** What was wrong with the first of them. */
  readonly fault: string | null
}

const CONNECTIONS = 32
/** One body in so many is read and checked. */
const SAMPLE = 20

/**
 * Sends requests as fast as they are answered, numbered by `next`.
 * @param databaseCpuSeconds how much CPU time the database has used so far
 */
export async function drive(
  server: BenchServer,
  workload: Workload,
  next: () => number,
  seconds: number,
  databaseCpuSeconds: () => number,
  connections = CONNECTIONS,
): Promise<Round> {
  let wrong = 0
  let fault: string | null = null
  const [cpuBefore, databaseBefore] = [server.cpuSeconds(), databaseCpuSeconds()]
  const result = await autocannon({
    url: server.url,
    connections,
    duration: seconds,
    requests: [
      {
        setupRequest(request, context) {
          context.i = next()
          const { owner, method, path, body } = workload.request(context.i)
          const headers = {
            authorization: `Bearer ${server.tokenOf(owner)}`,
            ...(body && { 'content-type': 'application/json' }),
          }
          return { ...request, method, path, headers, ...(body && { body: JSON.stringify(body) }) }
        },
        onResponse(status, text, { i = 0 }) {
          const isRefused = status < 200 || status > 299
          if (!isRefused && i % SAMPLE !== 0) return
          const found = workload.fault(i, status, parse(text))
          fault ??= found
          if (found && !isRefused) wrong++
        },
      },
    ],
  })
  const { non2xx, errors, timeouts, latency } = result
  const answered = result['2xx'] + non2xx
  return {
    rate: result['2xx'] / result.duration,
    p50: latency.p50,
    p97_5: latency.p97_5,
    p99: latency.p99,
    cpu: ((server.cpuSeconds() - cpuBefore) / answered) * 1e6,
    databaseCpu: ((databaseCpuSeconds() - databaseBefore) / answered) * 1e6,
    rss: server.rssMegabytes(),
    failures: non2xx + errors + timeouts + wrong,
    fault,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
