import { isDate, isInstant } from './formats.ts'
import { invalid } from './problems.ts'

/** An opaque cursor: the sort key of the last item of a page. */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** What a part of a cursor's key must look like; whoever forges one gets no further than this. */
export interface CursorPart {
  test(text: string): boolean
}

/**
 * The sort key inside a cursor, or null without one.
 * @param shape what each part of the key must look like
 * @throws AppError 400 when it is not a cursor this list gave out
 */
export function decodeCursor(cursor: string | undefined, shape: readonly CursorPart[]): string[] | null {
  if (cursor === undefined) return null
  const key = parse(Buffer.from(cursor, 'base64url').toString())
  const fits =
    Array.isArray(key) &&
    key.length === shape.length &&
    shape.every((part, i) => typeof key[i] === 'string' && part.test(key[i]))
  if (!fits) throw invalid([{ pointer: '/query/cursor', message: 'is not a cursor of this list' }])
  return key
}

export const cursorShape = {
  id: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  instant: { test: isInstant },
  date: { test: isDate },
} as const

/** Cuts a page out of up to `limit + 1` rows. */
export function page<T>(items: T[], limit: number, keyOf: (item: T) => readonly string[]) {
  const last = items.length > limit ? items[limit - 1] : undefined
  return {
    items: last === undefined ? items : items.slice(0, limit),
    nextCursor: last === undefined ? null : encodeCursor(keyOf(last)),
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
