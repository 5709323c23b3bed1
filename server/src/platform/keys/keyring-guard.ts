import { readFile } from 'node:fs/promises'
import { keyEncryptionByAwsKms } from './key-encryption-by-aws-kms.ts'
import { keyEncryptionByVaultTransit } from './key-encryption-by-vault-transit.ts'
import type { KeyringConfig, VaultToken } from './keyring-config.ts'
import type { KeyringGuard } from './keyring-text.ts'
import { openRemoteKeys } from './remote-keys.ts'

/**
 * What guards the keyring, as configured.
 * @param failed is told when the keys of another machine cannot be had
 */
export async function keyringGuard(
  config: KeyringConfig,
  failed: (error: unknown) => void = () => {},
): Promise<KeyringGuard> {
  if (config.kind === 'file') return config.passphrase
  const call = openRemoteKeys(failed)
  if (config.kind === 'aws-kms') return keyEncryptionByAwsKms(config, call)
  return keyEncryptionByVaultTransit(config, () => currentToken(config.token), call)
}

async function currentToken(token: VaultToken): Promise<string> {
  return 'value' in token ? token.value : (await readFile(token.file, 'utf8')).trim()
}
