import type { FastifyInstance } from 'fastify'
import { accountRoutes } from './features/accounts/routes.ts'
import { appointmentRoutes } from './features/appointments/routes.ts'
import { auditRoutes } from './features/audit/routes.ts'
import { sealLag } from './features/audit/seal-lag.ts'
import { catalogueRoutes } from './features/catalogue/routes.ts'
import { medicalRecordRoutes } from './features/medical-records/routes.ts'
import { countRepeatedMails } from './features/notifications/queries/mails.ts'
import { notificationRoutes } from './features/notifications/routes.ts'
import { showUnsubscribe, UNSUBSCRIBE_PATH, unsubscribe } from './features/notifications/unsubscribe.ts'
import { ownershipRoutes } from './features/ownerships/routes.ts'
import { petRoutes } from './features/pets/routes.ts'
import { privacyRoutes } from './features/privacy/routes.ts'
import { sessionRoutes } from './features/sessions/routes.ts'
import { sessionSource } from './features/sessions/session-source.ts'
import { signInRoutes } from './features/sign-in/routes.ts'
import { watchLag } from './features/watch/watch-trail.ts'
import { webhookRoutes } from './features/webhooks/routes.ts'
import type { Context } from './platform/context.ts'
import { logLag } from './platform/events/dispatcher.ts'
import { openApi } from './platform/http/api.ts'
import { serveDocs } from './platform/http/docs.ts'
import { healthRoutes } from './platform/http/health.ts'
import { answerVault } from './platform/http/idempotency.ts'
import { jobRoutes } from './platform/http/job-routes.ts'
import { serveMetrics } from './platform/http/metrics.ts'
import { serveOneClick } from './platform/http/one-click.ts'
import { servePages } from './platform/http/pages.ts'
import { openRefusals } from './platform/http/refusals.ts'
import { openServe } from './platform/http/serve.ts'
import { openSessions } from './platform/http/session.ts'
import { jobCounts } from './platform/jobs/job-rows.ts'
import { openAttempts } from './platform/passwords/attempts.ts'
import { openRateLimit } from './platform/rate-limit.ts'
import { standingOf } from './roles.ts'

/** The API with every plugin and every feature's routes; it does not listen yet. Closing it closes what it opened, not the context. */
export async function openApp(context: Context, draining: () => boolean = () => false): Promise<FastifyInstance> {
  const { config, db, keyring, log, trail } = context
  const refusals = openRefusals(trail)
  const sessions = await openSessions(sessionSource(context, standingOf), config.databaseUrl)
  const { on, perAddress, perAccount } = config.rateLimit
  const limits = on ? { address: openRateLimit(perAddress, 60), account: openRateLimit(perAccount, 60) } : null

  const app = await openApi(config, log, refusals, draining)
  const serve = openServe(app, {
    db,
    sessions,
    limits,
    countryHeader: config.countryHeader,
    vault: answerVault(keyring),
  })

  signInRoutes(serve, { ...context, attempts: openAttempts(context) })
  sessionRoutes(serve, context)
  accountRoutes(serve, context)
  privacyRoutes(serve, context)
  petRoutes(serve, context)
  ownershipRoutes(serve, context)
  catalogueRoutes(serve, context)
  const books = appointmentRoutes(serve, context)
  medicalRecordRoutes(serve, context)
  notificationRoutes(serve, context)
  auditRoutes(serve, context)
  webhookRoutes(serve, context)
  jobRoutes(serve, db)
  healthRoutes(serve, db, draining)

  serveMetrics(app, {
    allow: config.metricsAllow,
    gauges: {
      petra_log_lag_seconds: {
        help: 'Age of the oldest announced event that is not dispatched',
        read: () => logLag(db),
      },
      petra_seal_lag_seconds: {
        help: 'Age of the oldest event of the audit trail that is not sealed',
        read: () => sealLag(db),
      },
      petra_watch_lag_seconds: {
        help: 'Age of the oldest event of the audit trail that the watch has not looked at',
        read: () => watchLag(db),
      },
      petra_jobs_due: {
        help: 'Jobs that are due and not begun',
        read: async () => (await jobCounts(db)).due,
      },
      petra_jobs_oldest_seconds: {
        help: 'How late the oldest job is that is due and not begun',
        read: async () => (await jobCounts(db)).oldestSeconds,
      },
      petra_jobs_parked: {
        help: 'Jobs that failed at their last try, and events that were laid aside',
        read: async () => (await jobCounts(db)).parked,
      },
      petra_mails_perhaps_repeated: {
        help: 'Mails of the last 90 days that may have been sent more than once, under the same Message-ID',
        read: () => countRepeatedMails(db),
      },
    },
  })
  serveOneClick(app, {
    path: UNSUBSCRIBE_PATH,
    limit: limits?.address ?? null,
    show: (link, language) => showUnsubscribe(context, link as never, language),
    act: (actor, link, language) => unsubscribe(context, actor, link as never, language),
  })
  serveDocs(app)
  servePages(app, {
    '/docs': { type: 'text/html', file: new URL('docs/page.html', import.meta.url) },
    '/docs/console.js': { type: 'text/javascript', file: new URL('docs/console.js', import.meta.url) },
    '/docs/console.css': { type: 'text/css', file: new URL('docs/console.css', import.meta.url) },
    '/go': { type: 'text/html', file: new URL('go/page.html', import.meta.url) },
    '/go.js': { type: 'text/javascript', file: new URL('go/go.js', import.meta.url) },
    '/go.css': { type: 'text/css', file: new URL('go/go.css', import.meta.url) },
  })
  app.addHook('onClose', async () => {
    await refusals[Symbol.asyncDispose]()
    await Promise.all([sessions[Symbol.asyncDispose](), books[Symbol.asyncDispose]()])
  })
  return app
}
