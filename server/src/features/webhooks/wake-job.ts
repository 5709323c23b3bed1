import type { NewJob } from '../../platform/jobs/jobs.ts'

export type EndpointToWake = { readonly webhookId: string }

/** The job that sends an endpoint what is due. One at a time for each: more wait, and hold up nobody else. */
export function wakeJob(webhookId: string): NewJob {
  return jobOf(`webhook:${webhookId}`, webhookId)
}

/**
 * The same for later. It has a key of its own: whoever plans it does not see yet what others are about to add, and must not
 * put off their job.
 */
export function wakeLaterJob(webhookId: string, runAt: string): NewJob {
  return { ...jobOf(`webhook-later:${webhookId}`, webhookId), runAt }
}

function jobOf(key: string, webhookId: string): NewJob {
  return { key, name: 'webhooks.send-due', payload: { webhookId }, queue: `webhook:${webhookId}` }
}
