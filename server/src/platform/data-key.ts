import type { SealingKey } from './envelope.ts'

/** The open key of one subject's content. Closed, its bytes are zero and nothing seals or opens with it any more. */
export class DataKey implements SealingKey {
  readonly id: string
  readonly subjectId: string
  readonly #bytes: Buffer
  #isClosed = false

  constructor(id: string, subjectId: string, bytes: Buffer) {
    this.id = id
    this.subjectId = subjectId
    this.#bytes = bytes
  }

  /** @throws Error once closed, for zeros would seal as willingly as a key */
  get bytes(): Buffer {
    if (this.#isClosed) throw new Error('This data key is closed.')
    return this.#bytes
  }

  close(): void {
    this.#bytes.fill(0)
    this.#isClosed = true
  }
}
