import { readFileSync } from 'node:fs'
import { createSecureContext, type Server } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { StartupError } from '../startup-error.ts'

type TlsFiles = NonNullable<Config['tls']>

/**
 * The certificate and its key, for TLS 1.2 and newer (RFC 9325 leaves the older ones out).
 * @throws StartupError when a file cannot be read, or the two do not fit each other
 */
export function readTls({ certFile, keyFile }: TlsFiles) {
  const options = {
    cert: readNamed('TLS_CERT_FILE', certFile),
    key: readNamed('TLS_KEY_FILE', keyFile),
    minVersion: 'TLSv1.2',
  } as const
  try {
    createSecureContext(options)
  } catch (error) {
    const reason = (error as Error).message.split(':').at(-1)
    throw new StartupError(`TLS_CERT_FILE and TLS_KEY_FILE are not a pair: ${reason?.trim()}.`)
  }
  return options
}

/** SIGHUP reads the certificate anew; one that cannot be used leaves the old one in place. */
export function reloadTls(app: FastifyInstance, files: TlsFiles): void {
  const reload = () => {
    try {
      ;(app.server as unknown as Server).setSecureContext(readTls(files))
    } catch (error) {
      app.log.error({ err: error }, 'the certificate stays as it was')
    }
  }
  process.on('SIGHUP', reload)
  app.addHook('onClose', async () => {
    process.off('SIGHUP', reload)
  })
}

function readNamed(variable: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new StartupError(`${variable} cannot be read from ${path}: ${reasons[code] ?? code}.`)
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'a folder',
}
