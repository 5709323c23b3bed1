/** Where tries are counted. Several keys are one step: nobody counts in between. */
export interface TryStore {
  add(windows: readonly Window[]): Promise<Counted[]>
  subtract(keys: readonly Buffer[]): Promise<void>
}

export interface Window {
  readonly key: Buffer
  readonly seconds: number
}

/** Tries in the present window, this one included, and the seconds until it ends; in the order of the windows. */
export interface Counted {
  readonly count: number
  readonly secondsLeft: number
}
