import { AppError } from './errors.ts'

/**
 * Runs work in turn: a little of it at once, in the order it came.
 * @throws AppError 503 when too many wait already
 */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>

/** @param busy what those are told who find too many waiting */
export function openTurns(atOnce: number, mostWaiting: number, busy: string): Turns {
  const waiting: (() => void)[] = []
  let working = 0

  function untilCalled(): Promise<void> {
    if (waiting.length >= mostWaiting) throw new AppError('service.unavailable', busy)
    return new Promise((called) => waiting.push(called))
  }

  return async (work) => {
    if (working < atOnce) working++
    else await untilCalled()
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else working--
    }
  }
}
