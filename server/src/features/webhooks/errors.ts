import { Conflict, Invalid } from '../../platform/errors.ts'
import { UrlRefused } from '../../platform/network/safe-fetch.ts'

/** Turns the refusal of a URL into an answer. @throws whatever else it is */
export function urlRefused(error: unknown): never {
  if (!(error instanceof UrlRefused)) throw error
  throw new Invalid('webhook.url-refused', [{ pointer: '/body/url', message: error.reason }])
}

export class WebhookDisabled extends Conflict {
  constructor() {
    super('This endpoint is disabled; enable it first.')
  }
}
