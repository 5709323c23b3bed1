import type { Context } from '../../platform/context.ts'
import type { Reach } from '../../platform/network/safe-fetch.ts'

export interface WebhookContext extends Context {
  /** Asks the name servers; tests have some of their own. */
  readonly resolve?: NonNullable<Reach['resolve']>
}

/** Where messages may go: the public internet, by TLS in production, and what the operator allows. */
export function reachOf({ config, resolve }: WebhookContext): Reach {
  return { httpsOnly: config.production, allow: config.webhookAllow, ...(resolve && { resolve }) }
}
