import type { ByteRange } from './sealed-stream.ts'

/** Where sealed files are kept, under names of our making. */
export interface FileStore {
  /** Stores a file as a whole, or nothing of it when `content` or the store fails. */
  put(name: string, content: AsyncIterable<Uint8Array>): Promise<void>
  /** The bytes of a range; of a file that is not there, or is shorter, as many as there are. */
  read(name: string, range: ByteRange): AsyncIterable<Uint8Array>
  /** Removes a file; one that is not there is no failure. */
  remove(name: string): Promise<void>
}
