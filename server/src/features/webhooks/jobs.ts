import type { CronItem } from 'graphile-worker'
import type { Job } from '../../platform/jobs/jobs.ts'
import { sweepDeliveries } from './queries/deliveries.ts'
import { sendDueMessages } from './send-due-messages.ts'
import type { EndpointToWake } from './wake-job.ts'
import type { WebhookContext } from './webhook-context.ts'

export const webhookJobs = [
  { name: 'webhooks.send-due', lane: 'outward', run: sendDueMessages } satisfies Job<WebhookContext, EndpointToWake>,
  { name: 'webhooks.sweep-deliveries', run: ({ db }) => sweepDeliveries(db) } satisfies Job<WebhookContext>,
]

export const webhookCrontab: CronItem[] = [{ task: 'webhooks.sweep-deliveries', match: '11 4 * * *' }]
