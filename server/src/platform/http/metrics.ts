import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { NotFound } from '../errors.ts'
import { addressList } from '../network/public-address.ts'

export interface MetricsOptions {
  /** CIDRs beside loopback that may read the metrics. */
  readonly allow: readonly string[]
  /** Numbers asked for at every scrape, by name. */
  readonly gauges: Record<string, { readonly help: string; readonly read: () => Promise<number> }>
}

/** Logs, counts and times every request, and shows it all at GET /metrics in Prometheus' text format. Strangers get 404. */
export function serveMetrics(app: FastifyInstance, { allow, gauges }: MetricsOptions): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request line to the last byte of the answer',
    labelNames: ['operation', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  for (const [name, { help, read }] of Object.entries(gauges)) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect: async function () {
        this.set(await read().catch(() => Number.NaN))
      },
    })
  }
  const isLogged = ['info', 'debug', 'trace'].includes(app.log.level)
  const timers = new Map<string, Histogram.Internal<string>>()
  app.addHook('onResponse', (request, reply, done) => {
    const operation = request.routeOptions.config.route?.operationId ?? 'other'
    if (isLogged) {
      const { id: requestId } = request
      request.log.info(
        { requestId, operation, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
        'answered',
      )
    }
    const key = `${operation} ${reply.statusCode}`
    const timer = timers.get(key) ?? duration.labels(operation, String(reply.statusCode))
    timers.set(key, timer)
    timer.observe(reply.elapsedTime / 1000)
    done()
  })
  const allowed = addressList(['127.0.0.0/8', '::1/128', ...allow])
  app.get('/metrics', async (request, reply) => {
    if (!allowed(request.ip)) throw new NotFound()
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
