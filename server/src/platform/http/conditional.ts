import { hash } from 'node:crypto'
import { AppError } from '../errors.ts'

/** The strong entity tag of a representation (RFC 9110, section 8.8.3): two bodies share one only when they are equal. */
export function entityTag(representation: string): string {
  return `"${hash('sha256', representation, 'base64url').slice(0, 27)}"`
}

/** Whether an If-None-Match or If-Match field names the tag. */
export function names(field: string, tag: string): boolean {
  return field.trim() === '*' || field.split(',').some((candidate) => candidate.trim() === tag)
}

/** @throws AppError 412 when the request was made for another state of the resource */
export function requireFresh(ifMatch: string | undefined, current: unknown): void {
  requireTag(ifMatch, [entityTag(JSON.stringify(current))])
}

/**
 * @param tags of every representation there is; none where there is no resource
 * @throws AppError 412 when the request was made for none of them
 */
export function requireTag(ifMatch: string | undefined, tags: readonly string[]): void {
  if (ifMatch !== undefined && !tags.some((tag) => names(ifMatch, tag))) {
    throw new AppError('resource.stale', 'Read the resource again, then repeat the change with its new ETag.')
  }
}
