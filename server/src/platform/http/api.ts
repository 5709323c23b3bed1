import { randomUUIDv7 } from 'node:crypto'
import cors from '@fastify/cors'
import { mediaTypesOf, routes } from '@petra/contract'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'
import { answerClientError } from './client-error.ts'
import { passFiles } from './file-body.ts'
import { readJsonBodies } from './json-body.ts'
import { refuseOtherMethods } from './other-methods.ts'
import { answerProblems, sendProblem } from './problems.ts'
import type { Refusals } from './refusals.ts'
import { securityHeaders } from './security-headers.ts'
import { readTls, reloadTls } from './tls.ts'
import { requestValidator } from './validation.ts'

const BODY_LIMIT = 1_048_576

/**
 * An HTTP server with Petra's conventions on it, and no routes yet.
 * @param draining whether the process has been told to stop: every answer then ends its connection
 * @throws StartupError when the TLS files cannot be used
 */
export async function openApi(
  config: Config,
  log: Logger,
  refusals: Refusals,
  draining: () => boolean,
): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    // No logger of its own for each request: what is logged of one names its id.
    childLoggerFactory: (logger) => logger,
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    genReqId: () => randomUUIDv7(),
    forceCloseConnections: 'idle',
    // What comes in on an open connection while the server closes is answered like any other request.
    return503OnClosing: false,
    requestTimeout: 30_000,
    ...(config.tls && { https: readTls(config.tls) }),
    // Fastify's own are megabytes that nothing here uses: answers are written by JSON.stringify. Its types leave out that it asks by route.
    schemaController: {
      compilersFactory: { buildValidator: requestValidator as never, buildSerializer: () => () => JSON.stringify },
    },
    routerOptions: { ignoreTrailingSlash: false, caseSensitive: true, maxParamLength: 200 },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      sendProblem(reply as never, request as never, new AppError('request.malformed', error.message))
    },
  }) as unknown as FastifyInstance
  app.decorateRequest('actor')
  const isSecure = config.tls !== undefined || config.trustProxy.length > 0
  const headers = securityHeaders(isSecure)
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('x-request-id', request.id)
    done()
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (draining()) reply.header('connection', 'close')
    done()
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
        'Accept-Ranges',
        'Content-Range',
        'Content-Disposition',
        'Idempotency-Replayed',
      ],
    })
  }
  refuseOtherMethods(app)
  readJsonBodies(app)
  passFiles(app, [...new Set(routes.flatMap(({ fileBody }) => (fileBody ? mediaTypesOf(fileBody) : [])))])
  answerProblems(app, (request, error) => refusals.note(request, error))
  if (config.tls) reloadTls(app, config.tls)
  return app
}
