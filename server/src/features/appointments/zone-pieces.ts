/** A stretch of instants over which a zone keeps one offset, in milliseconds: wall clock = instant + offset. */
export type Piece = { from: number; to: number; offset: number }

/**
 * The pieces of constant offset of `timeZone` that cover the instants [from, to), in order, at least.
 * @throws RangeError for a zone that is not known
 */
export function zonePieces(timeZone: string, from: number, to: number): readonly Piece[] {
  const first = Math.floor(from / CHUNK)
  const last = Math.floor((to - 1) / CHUNK)
  if (first === last) return chunkOf(timeZone, first)
  const pieces: Piece[] = []
  for (let chunk = first; chunk <= last; chunk++) {
    for (const piece of chunkOf(timeZone, chunk)) {
      const before = pieces.at(-1)
      if (before?.offset === piece.offset) pieces[pieces.length - 1] = { ...before, to: piece.to }
      else pieces.push(piece)
    }
  }
  return pieces
}

// 398 days; two chunks hold any search, and 2048 hold two for every zone there is.
const CHUNK = 2 ** 35
const CHUNKS_KEPT = 2048
const chunks = new Map<string, readonly Piece[]>()

function chunkOf(timeZone: string, chunk: number): readonly Piece[] {
  const key = `${timeZone} ${chunk}`
  const known = chunks.get(key)
  if (known) return known
  const pieces = readPieces(timeZone, chunk * CHUNK, (chunk + 1) * CHUNK)
  const [oldest] = chunks.keys()
  if (chunks.size >= CHUNKS_KEPT && oldest !== undefined) chunks.delete(oldest)
  chunks.set(key, pieces)
  return pieces
}

function readPieces(timeZone: string, from: number, to: number): Piece[] {
  const pieces: Piece[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    const until = Math.min(next?.epochMilliseconds ?? to, to)
    pieces.push({ from: at.epochMilliseconds, to: until, offset: at.offsetNanoseconds / 1e6 })
    if (next === null || until === to) return pieces
    at = next
  }
}
