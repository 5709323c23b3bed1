import { mkdir, open, readdir, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'

const HOUR_MS = 3_600_000
const PIECE_BYTES = 65_536

/** A folder for files that are not finished. What a process that died has left there is removed after an hour. */
export interface Spool extends Disposable {
  /** Writes a file, and gives its path and size; where that fails, nothing is left. @param isToLast it outlives a power cut */
  write(name: string, content: AsyncIterable<Uint8Array>, isToLast: boolean): Promise<{ path: string; bytes: number }>
}

export function openSpool(folder: string): Spool {
  const sweeping = setInterval(() => void sweepSpool(folder, HOUR_MS), HOUR_MS).unref()
  void sweepSpool(folder, HOUR_MS)
  return {
    async write(name, content, isToLast) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, name)
      let bytes = 0
      try {
        await using file = await open(path, 'wx', 0o600)
        for await (const piece of content) {
          for (let at = 0; at < piece.length; ) at += (await file.write(piece, at)).bytesWritten
          bytes += piece.length
        }
        if (isToLast) await file.sync()
      } catch (error) {
        await unlink(path).catch(() => {})
        throw error
      }
      return { path, bytes }
    },
    [Symbol.dispose]: () => clearInterval(sweeping),
  }
}

/** Removes what nobody has written to for that long. */
export async function sweepSpool(folder: string, olderThanMs: number): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const path = join(folder, name)
    const written = await stat(path).catch(() => undefined)
    if (written && Date.now() - written.mtimeMs > olderThanMs) await unlink(path).catch(() => {})
  }
}

/** The bytes of a range of a file, as many as there are; none of a file that is not there. Every yield is the same memory. */
export async function* readFileRange(path: string, from: number, to: number): AsyncGenerator<Buffer> {
  const file = await open(path).catch((error) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (!file) return
  await using _ = file
  const piece = Buffer.alloc(Math.min(PIECE_BYTES, to + 1 - from))
  for (let at = from; at <= to; ) {
    const { bytesRead } = await file.read(piece, 0, Math.min(piece.length, to + 1 - at), at)
    if (bytesRead === 0) return
    at += bytesRead
    yield piece.subarray(0, bytesRead)
  }
}
