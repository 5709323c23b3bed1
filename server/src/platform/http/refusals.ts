import type { EventPayloads } from '@petra/contract'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import type { AppError } from '../errors.ts'
import type { Trail } from '../events/event-log.ts'
import { targetOf } from './target.ts'

const WINDOW_MS = 60_000
/** Distinct anonymous callers counted at once; past that they share one count. */
const MOST_COUNTED = 10_000

/** What a refusal leaves in the trail, by status: 400s and unknown paths leave nothing. */
const outcomes: Record<number, 'denied' | 'failed'> = {
  401: 'denied',
  403: 'denied',
  404: 'denied',
  409: 'failed',
  412: 'failed',
  422: 'failed',
  429: 'denied',
}

export interface Refusals extends AsyncDisposable {
  /** Resolves once the refusal is in the trail, or counted. */
  note(request: FastifyRequest, error: AppError): Promise<void>
}

/** Records refusals. Those of callers who are not signed in, or past a limit, are counted per caller, operation and minute, so that a flood is two events. */
export function openRefusals(trail: Trail): Refusals {
  const counted = new Map<string, { actor: Actor; payload: EventPayloads['access.refused']; more: number }>()

  async function flush(): Promise<void> {
    const floods = [...counted.values()].filter(({ more }) => more > 0)
    counted.clear()
    await Promise.all(
      floods.map(({ actor, payload, more }) =>
        trail
          .append(actor, 'access.refused', { outcome: 'denied', payload: { ...payload, count: more } })
          .catch(() => {}),
      ),
    )
  }
  const timer = setInterval(() => void flush(), WINDOW_MS).unref()

  return {
    async note(request, error) {
      const { route } = request.routeOptions.config
      const outcome = outcomes[error.status]
      const { actor } = request
      if (!route || !outcome || !actor) return
      const payload = { operation: route.operationId, code: error.code }
      // Past a limit there may be any number, whoever is signed in.
      if (actor.accountId === null || error.status === 429) {
        const caller = actor.accountId ?? request.ip
        const key = counted.size < MOST_COUNTED ? `${caller} ${route.operationId} ${error.code}` : 'others'
        const flood = counted.get(key)
        if (flood) {
          flood.more++
          return
        }
        counted.set(key, { actor, payload, more: 0 })
      }
      const pet = error.petId === undefined ? {} : { petId: error.petId }
      await trail.append(actor, 'access.refused', { outcome, payload, ...targetOf(request), ...pet })
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await flush()
    },
  }
}
