import { documentTypes } from '@petra/contract'
import { AppError } from '../../platform/errors.ts'

/** As far as any of the types shows. */
const HEAD_BYTES = 4_100

/**
 * Passes a file on, once it is known by its first bytes for what it is.
 * @param found is told its media type, before any of it is passed on
 * @throws AppError 415 when it is nothing that a document may be
 */
export async function* sniffed(
  content: AsyncIterable<Buffer>,
  found: (mediaType: string) => void,
): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const piece of content) {
    if (!head) {
      yield piece
      continue
    }
    head = Buffer.concat([head, piece])
    if (head.length < HEAD_BYTES) continue
    found(await typeOf(head))
    yield head
    head = undefined
  }
  if (!head) return
  found(await typeOf(head))
  yield head
}

async function typeOf(head: Buffer): Promise<string> {
  const { fileTypeFromBuffer } = await import('file-type')
  const type = await fileTypeFromBuffer(head.subarray(0, HEAD_BYTES)).catch(() => undefined)
  if (type && (documentTypes as readonly string[]).includes(type.mime)) return type.mime
  throw new AppError('media-type.unsupported', 'The file is none of the types that a document may be.')
}
