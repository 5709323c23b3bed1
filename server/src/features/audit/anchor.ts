/** A place outside the database that keeps what it was given. */
export interface Anchor {
  /** Its URL, without secrets. */
  readonly place: string
  /** Whether it takes every checkpoint, or the newest now and then: each commits to all before it. */
  readonly everyMs: number
  publish(checkpoint: Published): Promise<void>
  /** The notes that it has, from this number on as far as they are not too many. */
  read(from: number): Promise<Published[]>
}

export interface Published {
  readonly number: number
  readonly note: string
}
