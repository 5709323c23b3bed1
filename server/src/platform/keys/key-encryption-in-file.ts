import { IntegrityError, open, type SealingKey, seal } from './envelope.ts'
import type { KeyEncryption } from './key-encryption.ts'

/** Wraps with keys at hand. @param keys the current one first; asked for each time, since they may change */
export function keyEncryptionInFile(keys: () => readonly SealingKey[]): KeyEncryption {
  return {
    async wrapAll(dataKeys) {
      const [current] = keys()
      if (!current) throw new Error('There is no key-encryption key.')
      return dataKeys.map(({ bytes, context }) => ({
        kekId: current.id,
        bytes: seal(current, bytes, wrappedAt(context)),
      }))
    },
    async unwrapAll(wrappedKeys) {
      return wrappedKeys.map(({ wrapped, context }) => {
        const key = keys().find(({ id }) => id === wrapped.kekId)
        if (!key) throw new IntegrityError()
        return open(key, wrapped.bytes, wrappedAt(context))
      })
    },
  }
}

function wrappedAt(context: string) {
  return { table: 'vault.data_keys', column: 'wrapped', rowId: context, version: 1, subjectId: '' }
}
