import { setImmediate as turn } from 'node:timers/promises'

/** Pages of rows, up to an empty one; each is asked for before the one before is worked on, so that the database works meanwhile. */
export async function* pages<T, K>(
  read: (after: K) => Promise<T[]>,
  start: K,
  keyOf: (row: T) => K,
): AsyncGenerator<T[]> {
  let next = read(start)
  for (;;) {
    const rows = await next
    const last = rows.at(-1)
    if (!last) return
    next = read(keyOf(last))
    next.catch(() => {})
    // What is asked for leaves only when nothing else is to be done.
    await turn()
    yield rows
  }
}
