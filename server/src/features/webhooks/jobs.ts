import type { CronItem } from 'graphile-worker'
import type { Job } from '../../platform/jobs.ts'
import { deliverMessage } from './deliver-message.ts'
import type { DeliveryNews } from './delivery-job.ts'
import { sweepDeliveries } from './queries/deliveries.ts'
import type { WebhookContext } from './webhook-context.ts'

export const webhookJobs = [
  { name: 'webhooks.deliver', lane: 'outward', run: deliverMessage } satisfies Job<WebhookContext, DeliveryNews>,
  { name: 'webhooks.sweep-deliveries', run: ({ db }) => sweepDeliveries(db) } satisfies Job<WebhookContext>,
]

export const webhookCrontab: CronItem[] = [{ task: 'webhooks.sweep-deliveries', match: '11 4 * * *' }]
