/** A data key under a key-encryption key. */
export interface WrappedKey {
  readonly kekId: string
  readonly bytes: Buffer
}

/** Key-encryption keys that wrap data keys, here or on another machine; many at once, for a call may cost a round trip. */
export interface KeyEncryption {
  /**
   * Wraps under the current key-encryption key, each bound to its context.
   * @throws AppError 503 when the other machine cannot be reached
   */
  wrapAll(keys: readonly { readonly bytes: Buffer; readonly context: string }[]): Promise<WrappedKey[]>
  /**
   * @throws IntegrityError when one, its context or its key-encryption key is not the one it was wrapped with
   * @throws AppError 503 when the other machine cannot be reached
   */
  unwrapAll(keys: readonly { readonly wrapped: WrappedKey; readonly context: string }[]): Promise<Buffer[]>
}

/** Those of another machine. */
export interface RemoteKeyEncryption extends KeyEncryption {
  /** @param kekId the key that is the current one for us, whatever that machine would take; heeded where it has several */
  wrapAll(keys: Parameters<KeyEncryption['wrapAll']>[0], kekId?: string): Promise<WrappedKey[]>
  /** Whether that name is one of its versions, which it may make by itself. */
  owns(kekId: string): boolean
  /** Makes a new version, the current one from then on; where it is missing, that is decided over there. */
  addVersion?(): Promise<void>
}
