import autocannon from 'autocannon'
import { petraCommand, startServer } from './bench-server.ts'

const OWNERS = 16
const CONNECTIONS = 16
const password = 'good dog, stay safe'
const json = { 'content-type': 'application/json' }

/**
 * Measures signing in: how many a second and a core, and what a storm of wrong passwords from ever new addresses costs an
 * owner who is signed in and lists their pets. (Keycloak's sizing guide: 15 sign-ins per second and vCPU.)
 * @returns lines of Markdown
 */
export async function measureSignIns(
  env: Record<string, string>,
  sign: (owner: number, url: string) => string,
  seconds: number,
): Promise<string> {
  // A storm comes from many addresses; no limit but the account's and the pair's is there to stop it.
  const behindProxy = { ...env, TRUST_PROXY: '127.0.0.1' }
  await using petra = await startServer('Petra', petraCommand, behindProxy, sign)
  for (let i = 0; i < OWNERS; i++) {
    const body = JSON.stringify({ email: addressOf(i), password, name: `Owner ${i}` })
    await fetch(`${petra.url}/auth/register`, { method: 'POST', headers: json, body })
  }
  const pets = () =>
    autocannon({
      url: petra.url,
      connections: 2,
      duration: seconds,
      requests: [{ method: 'GET', path: '/pets', headers: { authorization: `Bearer ${petra.tokenOf(1)}` } }],
    })
  const load = (email: (i: number) => string, sent: string) => {
    let count = 0
    return autocannon({
      url: petra.url,
      connections: CONNECTIONS,
      duration: seconds,
      requests: [
        {
          setupRequest(request) {
            const i = count++
            const headers = { ...json, 'x-forwarded-for': `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}` }
            const body = JSON.stringify({ email: email(i), password: sent })
            return { ...request, method: 'POST', path: '/auth/login', headers, body }
          },
        },
      ],
    })
  }
  const before = petra.cpuSeconds()
  const signIns = await load((i) => addressOf(i % OWNERS), password)
  const cpu = petra.cpuSeconds() - before
  const calm = await pets()
  const [storm, stormed] = await Promise.all([load((i) => `nobody-${i}@example.test`, 'bad cat, run away'), pets()])
  const rate = (count: number, duration: number) => (count / duration).toFixed(0)
  return [
    '| | |',
    '|---|--:|',
    `| sign-ins a second | ${rate(signIns['2xx'], signIns.duration)} |`,
    `| sign-ins per second of CPU time | ${rate(signIns['2xx'], cpu)} |`,
    `| wrong passwords a second in the storm | ${rate(storm.non2xx, storm.duration)} |`,
    `| list my pets, p99 ms, in calm | ${calm.latency.p99} |`,
    `| list my pets, p99 ms, in the storm | ${stormed.latency.p99} |`,
    ...(signIns.non2xx > 0 ? [`| sign-ins refused | ${signIns.non2xx} |`] : []),
  ].join('\n')
}

function addressOf(i: number): string {
  return `signing-in-${i}@example.test`
}
