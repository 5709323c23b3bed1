/** Says with a failure which case it was. */
export function replayable<T>(seed: number, check: () => T): T {
  const failed = (error: unknown): never => {
    throw new Error(`Replay it with ORACLE_CASES=1 ORACLE_SEED=${seed}`, { cause: error })
  }
  try {
    const result = check()
    return result instanceof Promise ? (result.catch(failed) as T) : result
  } catch (error) {
    return failed(error)
  }
}
