import { join } from 'node:path'
import type { CronItem } from 'graphile-worker'
import { appointmentJobs } from './features/appointments/jobs.ts'
import { appointmentListener } from './features/appointments/listeners.ts'
import { anchorsOf } from './features/audit/anchors.ts'
import { auditCrontab, auditJobs } from './features/audit/jobs.ts'
import { sealLag } from './features/audit/seal-lag.ts'
import { openSealer } from './features/audit/sealer.ts'
import { medicalRecordCrontab, medicalRecordJobs } from './features/medical-records/jobs.ts'
import { medicalRecordListeners } from './features/medical-records/listeners.ts'
import { notificationCrontab, notificationJobs } from './features/notifications/jobs.ts'
import { notificationListeners } from './features/notifications/listeners.ts'
import type { MailContext } from './features/notifications/mail-context.ts'
import { openMailer } from './features/notifications/mailer.ts'
import { ownershipJobs } from './features/ownerships/jobs.ts'
import { petJobs } from './features/pets/jobs.ts'
import { petListeners } from './features/pets/listeners.ts'
import { privacyCrontab, privacyJobs } from './features/privacy/jobs.ts'
import { privacyListeners } from './features/privacy/listeners.ts'
import { signInJobs } from './features/sign-in/jobs.ts'
import { watchCrontab, watchJobs } from './features/watch/jobs.ts'
import { watchAll, watchLag } from './features/watch/watch-trail.ts'
import { openWatcher } from './features/watch/watcher.ts'
import { webhookCrontab, webhookJobs } from './features/webhooks/jobs.ts'
import { webhookBatchListener, webhookListeners } from './features/webhooks/listeners.ts'
import { type Alarm, openAlarmWatch } from './platform/alarms.ts'
import type { Context } from './platform/context.ts'
import { dispatch, logLag, MOST_LAG_SECONDS, openDispatcher } from './platform/events/dispatcher.ts'
import { sweepAnswers } from './platform/http/idempotency.ts'
import { jobCounts, sweepReplacedJobs } from './platform/jobs/job-rows.ts'
import { openJobRunner, runDueJobs } from './platform/jobs/job-runner.ts'
import type { Job } from './platform/jobs/jobs.ts'
import { keyJobs, keyListeners } from './platform/keys/key-jobs.ts'
import { sweepAttempts } from './platform/passwords/attempts-in-database.ts'

const listeners = [
  ...keyListeners,
  appointmentListener,
  ...medicalRecordListeners,
  ...petListeners,
  ...privacyListeners,
  ...notificationListeners,
  ...webhookListeners,
  webhookBatchListener,
]

/** What is done later, or again and again. */
export const jobs: readonly Job<MailContext>[] = [
  ...keyJobs,
  ...appointmentJobs,
  ...privacyJobs,
  ...auditJobs,
  ...medicalRecordJobs,
  ...notificationJobs,
  ...signInJobs,
  ...ownershipJobs,
  ...webhookJobs,
  ...watchJobs,
  { name: 'jobs.sweep-replaced', run: ({ db }) => sweepReplacedJobs(db) },
  ...petJobs,
  { name: 'files.sweep', run: ({ files }) => files.sweep() },
  { name: 'idempotency.sweep-answers', run: ({ db }) => sweepAnswers(db) },
  { name: 'attempts.sweep', run: ({ db }) => sweepAttempts(db) },
]

/** What is run by the clock. */
export const crontab: readonly CronItem[] = [
  { task: 'idempotency.sweep-answers', match: '17 * * * *' },
  { task: 'files.sweep', match: '* * * * *' },
  { task: 'appointments.sweep-holds', match: '* * * * *' },
  { task: 'attempts.sweep', match: '27 * * * *' },
  { task: 'appointments.sweep-reservations', match: '41 3 * * *' },
  { task: 'appointments.sweep-freed', match: '47 * * * *' },
  { task: 'sign-in.sweep-challenges', match: '37 * * * *' },
  ...privacyCrontab,
  ...medicalRecordCrontab,
  ...notificationCrontab,
  ...auditCrontab,
  { task: 'ownerships.expire-offers', match: '*/10 * * * *' },
  { task: 'jobs.sweep-replaced', match: '47 * * * *' },
  ...webhookCrontab,
  ...watchCrontab,
]

/** What admins are told of as long as it is so. */
export const alarms: readonly Alarm[] = [
  { name: 'log-behind', isOn: async (db) => (await logLag(db)) > MOST_LAG_SECONDS },
  { name: 'seal-behind', isOn: async (db) => (await sealLag(db)) > MOST_LAG_SECONDS },
  { name: 'watch-behind', isOn: async (db) => (await watchLag(db)) > MOST_LAG_SECONDS },
  { name: 'jobs-parked', isOn: async (db) => (await jobCounts(db)).parked > 0 },
]

/**
 * Follows the event log and runs jobs until it is disposed; any number of processes may.
 * @throws StartupError when the database comes from another cluster
 */
export async function openWorker(context: Context): Promise<AsyncDisposable> {
  await using opened = new AsyncDisposableStack()
  const mailer = opened.use(mailerOf(context))
  const anchors = anchorsOf(context.config.auditAnchors)
  opened.use(await openSealer({ ...context, anchors }))
  opened.use(await openWatcher(context))
  opened.use(openJobRunner(workOf({ ...context, mailer })))
  opened.use(await openDispatcher({ ...context, listeners }))
  opened.use(openAlarmWatch({ ...context, alarms }))
  return opened.move()
}

/** Watches and dispatches every event that is committed and runs every job that is due, until nothing is left; for tests. */
export async function drainWork(context: Context): Promise<void> {
  await using mailer = mailerOf(context)
  do {
    await watchAll(context)
    while ((await dispatch({ ...context, listeners })) > 0);
    await runDueJobs(workOf({ ...context, mailer }))
    // A job of a queue may have been passed over while the one before it was under way.
  } while (
    (await logLag(context.db)) !== 0 ||
    (await watchLag(context.db)) !== 0 ||
    (await jobCounts(context.db)).due > 0
  )
}

function workOf(context: MailContext) {
  return { databaseUrl: context.config.databaseUrl, log: context.log, context, jobs, crontab }
}

function mailerOf({ config }: Context) {
  return openMailer({ smtpUrl: config.smtpUrl, folder: join(config.dataDir, 'mail'), from: config.mailFrom })
}
