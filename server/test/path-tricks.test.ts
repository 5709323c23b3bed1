import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Method, type Route, routes } from '@petra/contract'
import { openRequests } from './keep-alive-request.ts'
import { type Trick, tricks } from './path-tricks.ts'
import { rawRequest } from './raw-request.ts'
import { type Answer, type House, openHouse } from './setup.ts'
import { populate } from './world.ts'

const AT_ONCE = 16
/** Answers that give nothing away: no such path, no such method there, or nothing that a server should read. */
const harmless = ['404 resource.not-found', '405 method.not-allowed', '400 request.malformed']
const persons = ['nobody', 'a stranger', 'the groomer'] as const

interface Asked {
  readonly route: Route
  readonly method: Method
  readonly path: string
  readonly who: (typeof persons)[number]
  readonly plain: Answer
}

describe('a path written another way', () => {
  let house: House
  let requests: ReturnType<typeof openRequests>
  let tokens: Record<Asked['who'] | 'an admin', string | null>
  let asked: Asked[]

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', LOG_LEVEL: 'silent' })
    requests = openRequests(house.url, AT_ONCE)
    const world = await populate(house)
    const [sam, tomas, ada] = await Promise.all([world.sam, world.tomas, world.ada].map((id) => house.signIn(id)))
    tokens = { nobody: null, 'a stranger': sam, 'the groomer': tomas, 'an admin': ada } as typeof tokens
    const visit = { petId: world.rex, service: 'grooming', startsAt: '2027-03-15T09:00', locationId: world.newYork }
    const note = { type: 'note', occurredOn: '2026-03-30', description: 'furosemide' }
    const made = async (path: string, body: object) =>
      (await house.call('POST', path, { as: world.maya, body })).body.id
    const ids: Record<string, string> = {
      petId: world.rex,
      appointmentId: await made('/appointments', visit),
      recordId: await made(`/pets/${world.rex}/medical-records`, note),
      locationId: world.newYork,
      providerId: world.tomasAtWork,
    }
    asked = await Promise.all(
      routes.flatMap((route) =>
        persons.map(async (who) => {
          const path = pathOf(route, ids)
          return { route, method: route.method, path, who, plain: await send(route.method, path, who) }
        }),
      ),
    )
  })
  after(async () => {
    requests[Symbol.dispose]()
    await house[Symbol.asyncDispose]()
  })

  for (const [name, trick] of Object.entries(tricks)) {
    it(`opens nothing: ${name}`, async () => {
      const complaints: string[] = []
      const waiting = asked.values()
      const work = async () => {
        for (const one of waiting) {
          const { method, path } = one
          const tricked = trick({ method, path, host: new URL(house.url).host, token: tokens['an admin'] as string })
          const answer = await send(tricked.method ?? method, tricked.target ?? path, one.who, tricked)
          if (!isFine(one, tricked, answer)) complaints.push(complaint(one, answer))
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      assert.deepEqual(complaints, [])
    })
  }

  it('leads out of no folder of the docs', async () => {
    for (const up of ['..', '%2e%2e', '%2e%2e%2f%2e%2e', '..%5c..', '%252e%252e', '....//', '.%00.'])
      for (const file of ['package.json', 'etc/passwd']) {
        const answer = await rawRequest(house.url, `GET /docs/static/${up}/${up}/${file}`)
        assert.ok([400, 403, 404].includes(answer.status), `${up} ${file} ${answer.status}`)
      }
  })

  /** A change is asked for with a field that no operation has: let in, it is refused as such, and nothing changes. */
  function send(method: string, target: string, who: Asked['who'], { headers = {} }: Trick = {}): Promise<Answer> {
    const token = tokens[who]
    const isChange = !['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'].includes(method.toUpperCase())
    const fields = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(isChange && { 'content-type': 'application/json' }),
      ...headers,
    }
    return requests.send(method, target, fields, isChange ? '{"unexpected":true}' : '')
  }
})

/** The same verdict in the same words and the same body, or a harmless one; a fault of the request is told to those who were let in. */
function isFine({ plain, method }: Asked, trick: Trick, answer: Answer): boolean {
  const isOtherMethod = trick.method !== undefined && trick.method !== method
  if (isOtherMethod && trick.method === 'HEAD') return answer.status === plain.status && answer.body === ''
  if (harmless.includes(verdictOf(answer))) return true
  if (isOtherMethod) return false
  const wasLetIn = plain.status !== 401 && plain.body.detail !== 'None of your roles may do this.'
  if (verdictOf(answer) === '400 request.invalid' && (wasLetIn || namesNothing(answer))) return true
  return verdictOf(answer) === verdictOf(plain) && sameBut(answer.body) === sameBut(plain.body)
}

/** What is written so leads to a shorter path, as the id of what nobody has. */
function namesNothing({ body }: Answer): boolean {
  return body.errors?.some(({ pointer }: { pointer: string }) => pointer.startsWith('/params/')) === true
}

function verdictOf({ status, body }: Answer): string {
  return status < 400 ? String(status) : `${status} ${body.code}`
}

/** What differs between any two answers left out: ids of requests, where a fault is, and how far the log has been read by now. */
function sameBut(body: object): string {
  return JSON.stringify({ ...body, requestId: null, errors: null, log: null })
}

function complaint({ route, who, plain }: Asked, answer: Answer): string {
  return `${route.operationId} by ${who}: ${verdictOf(answer)} in place of ${verdictOf(plain)}`
}

function pathOf({ url, query, example }: Route, ids: Record<string, string>): string {
  const path = url.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? String(example.params?.[name]))
  const needsQuery = (query as { required?: string[] } | undefined)?.required?.length
  return needsQuery ? `${path}?${new URLSearchParams(example.query as Record<string, string>)}` : path
}
