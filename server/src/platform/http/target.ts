import type { FastifyRequest } from 'fastify'
import { cursorShape } from './cursor.ts'

/** What was asked for, as far as the path or body names it. */
export function targetOf(request: FastifyRequest): { petId?: string; resource?: { type: string; id: string } } {
  const params = (request.params ?? {}) as Record<string, string>
  const petId = [params.petId, (request.body as { petId?: unknown } | null)?.petId].find(isId)
  const named = Object.entries(params).findLast(([, value]) => isId(value))
  return {
    ...(petId && { petId }),
    ...(named && { resource: { type: named[0].replace(/Id$/, ''), id: named[1] } }),
  }
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && cursorShape.id.test(value.toLowerCase())
}
