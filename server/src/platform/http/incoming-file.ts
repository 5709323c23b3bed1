import { AppError } from '../errors.ts'

/** A file on its way in. */
export interface IncomingFile {
  /** As its sender calls it; '' for one that is the whole body. */
  readonly name: string
  /** As its sender says, or says nothing. */
  readonly mediaType: string
  /**
   * Its bytes, once, as they come; each piece is there until the next is asked for.
   * @throws AppError 413 when there are too many, 400 when the body breaks off or something follows that does not belong there
   */
  readonly content: AsyncIterable<Buffer>
}

/** What a form has around a file, at the most. */
export const MOST_WRAPPING_BYTES = 65_536

export function tooLarge(mostBytes: number): AppError {
  return new AppError('body.too-large', `A file may have ${mostBytes / 1_048_576} MiB at the most.`)
}

export function brokenOff(): AppError {
  return new AppError('request.malformed', 'The body broke off.')
}
