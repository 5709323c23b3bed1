import { type SealingKey, sealingKey } from './envelope.ts'

/** The open key of one subject's content. Closed, its bytes are zero and nothing seals or opens with it any more. */
export class DataKey implements SealingKey {
  readonly id: string
  readonly subjectId: string
  readonly environment: string
  readonly commitment: Buffer
  readonly #bytes: Buffer
  #isClosed = false

  /** @param secret what was wrapped; zeroed, for only what is derived from it is kept */
  constructor(id: string, subjectId: string, environment: string, secret: Buffer) {
    const { bytes, commitment } = sealingKey(secret, id, environment)
    secret.fill(0)
    this.id = id
    this.subjectId = subjectId
    this.environment = environment
    this.commitment = commitment
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
