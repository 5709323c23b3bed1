import { randomUUIDv7 } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import type { Route } from '@petra/contract'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'
import { answerClientError } from './client-error.ts'
import { readJsonBodies } from './json-body.ts'
import { answerProblems, sendProblem } from './problems.ts'
import type { Refusals } from './refusals.ts'
import { validateRequests } from './validation.ts'

const BODY_LIMIT = 1_048_576

/** An HTTP server with Petra's conventions on it, and no routes yet. */
export async function openApi(config: Config, log: Logger, refusals: Refusals): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    genReqId: () => randomUUIDv7(),
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
    ...(config.tls && { https: { ...readTls(config.tls), minVersion: 'TLSv1.2' as const } }),
    routerOptions: { ignoreTrailingSlash: false, caseSensitive: true, maxParamLength: 200 },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      sendProblem(reply as never, request as never, new AppError('request.malformed', error.message))
    },
  }) as unknown as FastifyInstance
  app.decorateRequest('actor')
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const operation = request.routeOptions.config.route?.operationId
    request.log.info({ operation, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered')
  })
  const isSecure = config.tls !== undefined || config.trustProxy.length > 0
  await app.register(helmet, {
    hsts: isSecure ? { maxAge: 31_536_000 } : false,
    // Over plain HTTP a browser would be sent to an HTTPS that nobody serves.
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: isSecure ? [] : null } },
  })
  if (config.corsOrigins.length > 0) {
    await app.register(cors, {
      origin: config.corsOrigins,
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposedHeaders: [
        'ETag',
        'Location',
        'X-Request-Id',
        'RateLimit',
        'RateLimit-Policy',
        'Retry-After',
        'Idempotency-Replayed',
      ],
    })
  }
  readJsonBodies(app)
  validateRequests(app)
  answerProblems(app, (request, error) => refusals.note(request, error))
  if (config.tls) reloadTls(app, config.tls)
  return app
}

/** Answers 405 with `Allow` for the methods that the routes leave out. */
export function refuseOtherMethods(app: FastifyInstance, routes: readonly Route[]): void {
  for (const [url, offered] of Map.groupBy(routes, (route) => route.url)) {
    const allowed = offered.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    const others = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].filter(
      (method) => !allowed.includes(method),
    )
    app.route({
      method: others,
      url: url.replace(/\{(\w+)\}/g, ':$1'),
      exposeHeadRoute: false,
      onRequest: async (_request, reply) => {
        reply.header('allow', allowed.join(', '))
        throw new AppError('method.not-allowed', `This path takes ${allowed.join(', ')}.`)
      },
      handler: () => {},
    })
  }
}

type TlsFiles = NonNullable<Config['tls']>

function readTls({ certFile, keyFile }: TlsFiles) {
  return { cert: readFileSync(certFile), key: readFileSync(keyFile) }
}

/** SIGHUP reads the certificate anew; one that cannot be read leaves the old one in place. */
function reloadTls(app: FastifyInstance, files: TlsFiles): void {
  const reload = () => {
    try {
      ;(app.server as unknown as Server & { setSecureContext(context: object): void }).setSecureContext({
        ...readTls(files),
        minVersion: 'TLSv1.2',
      })
    } catch (error) {
      app.log.error({ err: error }, 'the TLS files could not be read again')
    }
  }
  process.on('SIGHUP', reload)
  app.addHook('onClose', async () => {
    process.off('SIGHUP', reload)
  })
}
