import { availableParallelism } from 'node:os'
import { openTurns } from '../turns.ts'

/** One core stays free for the event loop, and one of libuv's four threads for files and DNS. */
const AT_ONCE = Math.min(3, Math.max(1, availableParallelism() - 1))
/** At 20 ms a hash, those who wait for one core wait for 6 s at the most. */
const MOST_WAITING = 300

/**
 * Runs work that takes a core for itself, a little of it at once, in the order it came.
 * @throws AppError 503 when too many wait already
 */
export const inTurn = openTurns(
  AT_ONCE,
  MOST_WAITING,
  'Too many people are signing in right now; try again in a moment.',
)
