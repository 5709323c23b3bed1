import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Stage } from './stage.ts'
import { del, get, patch, post, table } from './table.ts'

/** Endpoints and what was given up are the admins' business. */
export const webhooks = table(
  `
                                    nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    listWebhooks                    401    403   403   403   403   403   403   403   403   403   403   403   403    403   list
    createWebhook                   401    403   403   403   403   403   403   403   403   403   403   403   403    403   made
    getWebhook                      401    403   403   403   403   403   403   403   403   403   403   403   403    403   hook
    getWebhook,missing              401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    updateWebhook                   401    403   403   403   403   403   403   403   403   403   403   403   403    403   hook
    updateWebhook,missing           401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    deleteWebhook                   401    403   403   403   403   403   403   403   403   403   403   403   403    403   done
    deleteWebhook,missing           401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    rotateWebhookSecret             401    403   403   403   403   403   403   403   403   403   403   403   403    403   secret
    rotateWebhookSecret,missing     401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    testWebhook                     401    403   403   403   403   403   403   403   403   403   403   403   403    403   done
    testWebhook,missing             401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    listWebhookDeliveries           401    403   403   403   403   403   403   403   403   403   403   403   403    403   none
    listWebhookDeliveries,missing   401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    replayWebhookDelivery,missing   401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    replayWebhookDelivery           401    403   403   403   403   403   403   403   403   403   403   403   403    403   again
    listParkedJobs                  401    403   403   403   403   403   403   403   403   403   403   403   403    403   list
    retryJob,missing                401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    retryJob                        401    403   403   403   403   403   403   403   403   403   403   403   403    403   done
  `,
  {
    listWebhooks: { ask: () => get('/webhooks'), looks: { list } },
    createWebhook: {
      ask: () => post('/webhooks', { url: 'https://93.184.215.14/hook', eventTypes: ['pet.created'] }),
      looks: { made: ({ secret }) => assert.match(secret, /^whsec_/) },
    },
    getWebhook: { ask: async (stage) => get(`/webhooks/${await endpoint(stage)}`), looks: { hook } },
    'getWebhook,missing': { ask: () => get(`/webhooks/${randomUUID()}`) },
    updateWebhook: {
      ask: async (stage) => patch(`/webhooks/${await endpoint(stage)}`, { eventTypes: ['pet.created'] }),
      looks: { hook },
    },
    'updateWebhook,missing': { ask: () => patch(`/webhooks/${randomUUID()}`, { enabled: false }) },
    deleteWebhook: { ask: async (stage) => del(`/webhooks/${await endpoint(stage)}`) },
    'deleteWebhook,missing': { ask: () => del(`/webhooks/${randomUUID()}`) },
    rotateWebhookSecret: {
      ask: async (stage) => post(`/webhooks/${await endpoint(stage)}/secret`),
      looks: { secret: ({ secret }) => assert.match(secret, /^whsec_/) },
    },
    'rotateWebhookSecret,missing': { ask: () => post(`/webhooks/${randomUUID()}/secret`) },
    testWebhook: { ask: async (stage) => post(`/webhooks/${await endpoint(stage)}/test`) },
    'testWebhook,missing': { ask: () => post(`/webhooks/${randomUUID()}/test`) },
    listWebhookDeliveries: {
      ask: async (stage) => get(`/webhooks/${await endpoint(stage)}/deliveries?status=failed`),
      looks: { none: ({ items }) => assert.deepEqual(items, []) },
    },
    'listWebhookDeliveries,missing': { ask: () => get(`/webhooks/${randomUUID()}/deliveries`) },
    replayWebhookDelivery: {
      ask: async (stage) => {
        const [id, messageId] = [await endpoint(stage), randomUUID()]
        await stage.house.sql(
          `insert into webhook_deliveries (webhook_id, event_id, type, occurred_at, status)
           values ($1, $2, 'webhook.tested', now(), 'failed')`,
          [id, messageId],
        )
        return post(`/webhooks/${id}/deliveries/${messageId}/replay`)
      },
      looks: { again: ({ status }) => assert.equal(status, 'pending') },
    },
    'replayWebhookDelivery,missing': {
      ask: async (stage) => post(`/webhooks/${await endpoint(stage)}/deliveries/${randomUUID()}/replay`),
    },
    listParkedJobs: { ask: () => get('/jobs/parked'), looks: { list } },
    retryJob: {
      ask: async ({ house }) => {
        const add = `select id from graphile_worker.add_job('attempts.sweep', max_attempts => 1, job_key => $1)`
        const [{ id }] = await house.sql(add, [randomUUID()])
        await house.sql('update graphile_worker._private_jobs set attempts = 1 where id = $1', [id])
        return post(`/jobs/${id}/retry`)
      },
    },
    'retryJob,missing': { ask: () => post(`/jobs/${randomUUID()}/retry`) },
  },
)

function list({ items }: { items: unknown[] }): void {
  assert.ok(Array.isArray(items))
}

function hook({ id, secret }: { id: string; secret?: unknown }): void {
  assert.deepEqual([typeof id, secret], ['string', undefined])
}

/** One of its own for each request. */
async function endpoint({ house, ids }: Stage): Promise<string> {
  const body = { url: 'https://93.184.215.14/hook', eventTypes: ['pet.archived'] }
  return (await house.call('POST', '/webhooks', { as: ids.ada, body })).body.id
}
