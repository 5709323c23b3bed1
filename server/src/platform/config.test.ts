import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readConfig } from './config.ts'

const production = { NODE_ENV: 'production', KEYRING_PASSPHRASE: 'correct horse', TRUST_PROXY: '10.0.0.0/8' }

describe('the configuration', () => {
  const refused: [NodeJS.ProcessEnv, string][] = [
    [{ PORT: '70000' }, 'PORT is "70000"; it takes a whole number from 0 to 65535.'],
    [{ PORT: '80x' }, 'PORT is "80x"; it takes a whole number from 0 to 65535.'],
    [{ DATABASE_POOL: '1' }, 'DATABASE_POOL is "1"; it takes a whole number from 2 to 100.'],
    [{ PROCESS: 'wroker' }, 'PROCESS is "wroker"; it takes all, api, worker.'],
    [{ DEMO: 'yes' }, 'DEMO is "yes"; it takes true, false.'],
    [{ RATE_LIMIT: 'none' }, 'RATE_LIMIT is "none"; it takes on, off.'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"; it takes fatal, error, warn, info, debug, trace, silent.'],
    [{ DATABASE_URL: 'mysql://h/d' }, 'DATABASE_URL is not a URL that begins with postgres:// or postgresql://.'],
    [
      { DATABASE_URL: 'postgres://u:100%@h/d' },
      'DATABASE_URL is not a URL that begins with postgres:// or postgresql://.',
    ],
    [{ MIGRATION_DATABASE_URL: 'postgres://h/d' }, 'MIGRATION_DATABASE_URL goes with DATABASE_URL, which is not set.'],
    [{ REDIS_URL: 'http://h' }, 'REDIS_URL is not a URL that begins with redis:// or rediss://.'],
    [{ EMAIL_VERIFICATION: 'no' }, 'EMAIL_VERIFICATION is "no"; it takes optional, required.'],
    [{ SMTP_URL: 'mail.example' }, 'SMTP_URL is not a URL that begins with smtp:// or smtps://.'],
    [{ PUBLIC_URL: 'petra.example' }, 'PUBLIC_URL is not a URL that begins with http:// or https://.'],
    [
      { TRUST_PROXY: '10.0.0.0/33' },
      'TRUST_PROXY has "10.0.0.0/33"; it takes addresses and CIDRs, such as 10.0.0.0/8.',
    ],
    [{ TRUST_PROXY: '0.0.0.0/0' }, 'TRUST_PROXY has "0.0.0.0/0"; it takes addresses and CIDRs, such as 10.0.0.0/8.'],
    [{ METRICS_ALLOW: '::1,host' }, 'METRICS_ALLOW has "host"; it takes addresses and CIDRs, such as 10.0.0.0/8.'],
    [
      { CORS_ORIGINS: 'https://a.example/' },
      'CORS_ORIGINS has "https://a.example/"; it takes origins, such as https://portal.example.',
    ],
    [{ TLS_CERT_FILE: 'cert.pem' }, 'TLS_CERT_FILE and TLS_KEY_FILE come as a pair.'],
    [{ ...production, RATE_LIMIT: 'off' }, 'RATE_LIMIT=off is for load tests only; production refuses it.'],
    [
      { ...production, TRUST_PROXY: '' },
      'Production refuses plain HTTP: set TLS_CERT_FILE and TLS_KEY_FILE, or TRUST_PROXY to the CIDRs of the proxy that ends TLS.',
    ],
    [
      { ...production, KEYRING_PASSPHRASE: '' },
      'Production needs KEYRING_PASSPHRASE, so that a stolen disk does not hold its own keys.',
    ],
  ]
  for (const [env, message] of refused) {
    it(`is refused with ${JSON.stringify(env)}`, () => {
      assert.throws(() => readConfig(env), { name: 'StartupError', message })
    })
  }

  it('is production behind a proxy, with TLS of its own, or as a worker that serves nobody', () => {
    const tls = { TLS_CERT_FILE: 'cert.pem', TLS_KEY_FILE: 'key.pem' }
    for (const way of [{}, { TRUST_PROXY: '', ...tls }, { TRUST_PROXY: '', PROCESS: 'worker' }]) {
      assert.equal(readConfig({ ...production, ...way }).production, true)
    }
  })

  it('loads the demo company only into the embedded database, outside production, unless told', () => {
    const demo = (env: NodeJS.ProcessEnv) => readConfig(env).demo
    assert.deepEqual(
      [
        demo({}),
        demo({ DATABASE_URL: 'postgres://h/d' }),
        demo(production),
        demo({ DEMO: 'false' }),
        demo({ ...production, DEMO: 'true' }),
      ],
      [true, false, false, false, true],
    )
  })
})
