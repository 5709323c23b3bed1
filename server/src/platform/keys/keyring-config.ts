import { StartupError } from '../startup-error.ts'
import type { AwsKmsAddress } from './key-encryption-by-aws-kms.ts'
import type { VaultTransitAddress } from './key-encryption-by-vault-transit.ts'

/** Where the key-encryption keys are. */
export type KeyringConfig =
  | { readonly kind: 'file'; readonly passphrase: string | undefined }
  | ({ readonly kind: 'aws-kms' } & AwsKmsAddress)
  | ({ readonly kind: 'vault-transit'; readonly token: VaultToken } & VaultTransitAddress)

/** Itself, or the file that somebody keeps it in and renews it. */
export type VaultToken = { readonly value: string } | { readonly file: string }

const TAKES = 'file:, aws-kms://REGION/KEY or vault-transit://HOST/MOUNT/KEY'

/**
 * Reads `KEYRING_URL` and what goes with it.
 * @throws StartupError when it does not say where, or says it in a way that is not safe
 */
export function keyringConfig(env: NodeJS.ProcessEnv): KeyringConfig {
  const value = env.KEYRING_URL || 'file:'
  const passphrase = env.KEYRING_PASSPHRASE || undefined
  const kind = value.slice(0, value.indexOf(':'))
  if (kind === 'file' && value === 'file:') {
    if (env.NODE_ENV === 'production' && !passphrase) {
      throw new StartupError('Production needs KEYRING_PASSPHRASE, so that a stolen disk does not hold its own keys.')
    }
    return { kind, passphrase }
  }
  if (passphrase) throw new StartupError('KEYRING_PASSPHRASE goes with KEYRING_URL=file: only.')
  if (kind === 'aws-kms') return awsKms(value)
  if (kind === 'vault-transit') return vaultTransit(value, env)
  throw refused()
}

function awsKms(value: string): KeyringConfig {
  const { host: region, parts, options } = read(value, ['endpoint'])
  const endpoint = options.get('endpoint')
  if (!region || parts.length === 0) throw refused()
  if (endpoint) requireSafe(URL.canParse(endpoint) ? new URL(endpoint) : undefined)
  return { kind: 'aws-kms', region, keyId: parts.join('/'), ...(endpoint && { endpoint }) }
}

function vaultTransit(value: string, env: NodeJS.ProcessEnv): KeyringConfig {
  const { host, parts, options } = read(value, ['namespace', 'tls'])
  const keyName = parts.at(-1)
  const namespace = options.get('namespace')
  if (!host || parts.length < 2 || !keyName) throw refused()
  const { origin } = requireSafe(new URL(`${options.get('tls') === 'off' ? 'http' : 'https'}://${host}`))
  const { VAULT_TOKEN: token, VAULT_TOKEN_FILE: file } = env
  if (!token === !file) throw new StartupError('KEYRING_URL=vault-transit: needs VAULT_TOKEN or VAULT_TOKEN_FILE.')
  return {
    kind: 'vault-transit',
    origin,
    mount: parts.slice(0, -1).join('/'),
    keyName,
    ...(namespace && { namespace }),
    token: file ? { file } : { value: String(token) },
  }
}

function read(value: string, known: readonly string[]) {
  if (!URL.canParse(value)) throw refused()
  const { host, pathname, searchParams, username, hash } = new URL(value)
  const odd = [...searchParams.keys()].some((name) => !known.includes(name))
  const parts = pathname.split('/').filter(Boolean)
  if (odd || username || hash || !parts.every((part) => /^[\w.:-]+$/.test(part) && !/^\.+$/.test(part))) throw refused()
  return { host, parts, options: searchParams }
}

/** Data keys travel there in the clear: only TLS, or no network at all. */
function requireSafe(url: URL | undefined): URL {
  if (!url) throw refused()
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)) return url
  throw new StartupError('KEYRING_URL names a machine that is reached without TLS; only loopback is.')
}

function refused(): StartupError {
  return new StartupError(`KEYRING_URL is not what it takes: ${TAKES}.`)
}
