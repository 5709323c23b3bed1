import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { unlink } from 'node:fs/promises'
import { freeMemoryOf } from '../free-memory.ts'
import { sealingKey } from '../keys/envelope.ts'
import { openStream, sealStream } from './sealed-stream.ts'
import { readFileRange, type Spool } from './spool.ts'

/** Something that has arrived and waits for its turn; disposing it removes it. */
export interface HeldFile extends AsyncDisposable {
  readonly bytes: number
  read(): Promise<Buffer>
}

/** Lays something aside on the disk, where many may wait without taking up memory, sealed under a key that is in memory only. */
export async function holdFile(spool: Spool, content: AsyncIterable<Uint8Array>): Promise<HeldFile> {
  const name = randomUUIDv7()
  const key = sealingKey(randomBytes(32), name, '')
  const seal = {
    place: { table: 'spool', column: 'content', rowId: name, version: 1, subjectId: '' },
    key: () => key,
  }
  let bytes = 0
  async function* counted() {
    for await (const piece of content) {
      bytes += piece.length
      yield piece
    }
  }
  const { path } = await spool.write(name, sealStream(counted(), seal), false)
  return {
    bytes,
    async read() {
      if (bytes === 0) return Buffer.alloc(0)
      const whole = Buffer.allocUnsafe(bytes)
      let at = 0
      const sealed = openStream(
        ({ from, to }) => readFileRange(path, from, to),
        bytes,
        { from: 0, to: bytes - 1 },
        seal,
      )
      for await (const chunk of sealed) {
        at += chunk.copy(whole, at)
        freeMemoryOf(chunk)
      }
      return whole
    },
    async [Symbol.asyncDispose]() {
      key.bytes.fill(0)
      await unlink(path).catch(() => {})
    },
  }
}
