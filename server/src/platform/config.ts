import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type KeyringConfig, keyringConfig } from './keys/keyring-config.ts'
import { StartupError } from './startup-error.ts'

export type Config = ReturnType<typeof readConfig>

/**
 * Reads every variable Petra knows, once, and is the only reader of the environment.
 * @throws StartupError naming the variable and what it takes
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env) {
  const production = env.NODE_ENV === 'production'
  const databaseUrl = url(env, 'DATABASE_URL', ['postgres:', 'postgresql:'])
  const migrationDatabaseUrl = url(env, 'MIGRATION_DATABASE_URL', ['postgres:', 'postgresql:'])
  const rateLimit = oneOf(env, 'RATE_LIMIT', ['on', 'off'], 'on')
  const tls = tlsFiles(env)
  const trustProxy = cidrs(env, 'TRUST_PROXY')
  const countryHeader = env.COUNTRY_HEADER?.toLowerCase() || undefined
  const parts = oneOf(env, 'PROCESS', ['all', 'api', 'worker'], 'all')
  const keyring = keyringConfig(env)

  if (migrationDatabaseUrl && !databaseUrl) {
    throw new StartupError('MIGRATION_DATABASE_URL goes with DATABASE_URL, which is not set.')
  }
  if (countryHeader && (trustProxy.length === 0 || !/^[a-z0-9-]+$/.test(countryHeader))) {
    throw new StartupError('COUNTRY_HEADER names a field that the proxy in TRUST_PROXY sets, such as cf-ipcountry.')
  }
  if (production && rateLimit === 'off') {
    throw new StartupError('RATE_LIMIT=off is for load tests only; production refuses it.')
  }
  if (production && parts !== 'worker' && !tls && trustProxy.length === 0) {
    throw new StartupError(
      'Production refuses plain HTTP: set TLS_CERT_FILE and TLS_KEY_FILE, or TRUST_PROXY to the CIDRs of the proxy that ends TLS.',
    )
  }
  const host = env.HOST || '127.0.0.1'
  const port = integer(env, 'PORT', 3000, 0, 65_535)
  return {
    production,
    host,
    port,
    process: parts,
    dataDir: dataDir(env),
    databaseUrl,
    migrationDatabaseUrl: migrationDatabaseUrl ?? databaseUrl,
    /** Connections of one process; a process needs few, PostgreSQL has few. */
    databasePool: integer(env, 'DATABASE_POOL', 10, 2, 100),
    demo: oneOf(env, 'DEMO', ['true', 'false'], !databaseUrl && !production ? 'true' : 'false') === 'true',
    rateLimit: {
      on: rateLimit === 'on',
      perAddress: integer(env, 'RATE_LIMIT_PER_ADDRESS', 6_000, 1, 1_000_000_000),
      perAccount: integer(env, 'RATE_LIMIT_PER_ACCOUNT', 3_000, 1, 1_000_000_000),
    },
    redisUrl: url(env, 'REDIS_URL', ['redis:', 'rediss:']),
    emailVerification: oneOf(env, 'EMAIL_VERIFICATION', ['optional', 'required'], 'optional'),
    filesUrl: url(env, 'FILES_URL', ['s3:']),
    clamdUrl: url(env, 'CLAMD_URL', ['tcp:', 'unix:']),
    smtpUrl: url(env, 'SMTP_URL', ['smtp:', 'smtps:']),
    mailFrom: env.MAIL_FROM || 'Petra <no-reply@petra.example>',
    publicUrl: url(env, 'PUBLIC_URL', ['http:', 'https:']) ?? `${tls ? 'https' : 'http'}://${host}:${port}`,
    corsOrigins: origins(env, 'CORS_ORIGINS'),
    trustProxy,
    countryHeader,
    metricsAllow: cidrs(env, 'METRICS_ALLOW'),
    webhookAllow: cidrs(env, 'WEBHOOK_ALLOW'),
    keyring,
    /** Where the audit trail's checkpoints are published. */
    auditAnchors: anchorUrls(env),
    logLevel: oneOf(env, 'LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'warn'),
    tls,
  }
}

/** The folder of database, keys and files. */
export function dataDir(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env.DATA_DIR || '.petra')
}

/** Where the key-encryption keys are, for those who need nothing else. */
export function readKeyringConfig(): KeyringConfig {
  return keyringConfig(process.env)
}

/** Where they were, for who takes them from there: production asks nothing of what is left. */
export function readOldKeyringConfig(): KeyringConfig {
  const { OLD_KEYRING_URL, OLD_KEYRING_PASSPHRASE, OLD_VAULT_TOKEN, OLD_VAULT_TOKEN_FILE } = process.env
  return keyringConfig({
    KEYRING_URL: OLD_KEYRING_URL,
    KEYRING_PASSPHRASE: OLD_KEYRING_PASSPHRASE,
    VAULT_TOKEN: OLD_VAULT_TOKEN,
    VAULT_TOKEN_FILE: OLD_VAULT_TOKEN_FILE,
  })
}

function tlsFiles(env: NodeJS.ProcessEnv) {
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile } = env
  if (!certFile && !keyFile) return undefined
  if (!certFile || !keyFile) throw new StartupError('TLS_CERT_FILE and TLS_KEY_FILE come as a pair.')
  return { certFile, keyFile }
}

function anchorUrls(env: NodeJS.ProcessEnv): string[] {
  const urls = list(env, 'AUDIT_ANCHOR_URL')
  const wrong = urls.find(
    (value) => value !== 'log:' && !(URL.canParse(value) && /^(file:\/\/\/.|s3:\/\/.)/.test(value)),
  )
  if (wrong !== undefined)
    throw new StartupError('AUDIT_ANCHOR_URL takes file:///path, s3://bucket/prefix and log:, separated by commas.')
  return urls.length > 0 ? urls : [pathToFileURL(join(dataDir(env), 'anchors', 'checkpoints.ndjson')).href]
}

function list(env: NodeJS.ProcessEnv, name: string): string[] {
  return (env[name] ?? '').split(',').flatMap((part) => part.trim() || [])
}

function cidrs(env: NodeJS.ProcessEnv, name: string): string[] {
  const wrong = list(env, name).find((value) => {
    const [address = '', bits = '1', ...rest] = value.split('/')
    const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] as number
    return !/^\d+$/.test(bits) || Number(bits) < 1 || Number(bits) > most || rest.length > 0
  })
  if (wrong !== undefined)
    throw new StartupError(`${name} has "${wrong}"; it takes addresses and CIDRs, such as 10.0.0.0/8.`)
  return list(env, name)
}

function origins(env: NodeJS.ProcessEnv, name: string): string[] {
  const wrong = list(env, name).find((value) => !URL.canParse(value) || new URL(value).origin !== value)
  if (wrong !== undefined)
    throw new StartupError(`${name} has "${wrong}"; it takes origins, such as https://portal.example.`)
  return list(env, name)
}

function oneOf<const V extends string>(env: NodeJS.ProcessEnv, name: string, values: readonly V[], fallback: V): V {
  const value = env[name] || fallback
  if (!values.includes(value as V)) throw new StartupError(`${name} is "${value}"; it takes ${values.join(', ')}.`)
  return value as V
}

function integer(env: NodeJS.ProcessEnv, name: string, fallback: number, least: number, most: number): number {
  const value = env[name] || String(fallback)
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw new StartupError(`${name} is "${value}"; it takes a whole number from ${least} to ${most}.`)
  }
  return number
}

function url(env: NodeJS.ProcessEnv, name: string, protocols: readonly string[]): string | undefined {
  const value = env[name]
  if (!value) return undefined
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol) || !isDecodable(value)) {
    throw new StartupError(`${name} is not a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`)
  }
  return value
}

function isDecodable(value: string): boolean {
  try {
    return decodeURIComponent(value) !== ''
  } catch {
    return false
  }
}
