import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * One day of the company, over HTTP, against a running demo: `npm run example [URL]`. Each step prints what the API answered.
 */
export async function firstDay(url: string, mailFolder: string, say: (line: string) => void): Promise<void> {
  const maya = await signIn('owner@petra.example')
  say('Maya signs in.')

  const { items: pets } = await maya('GET', '/pets')
  say(`Her pets: ${pets.map((pet: Json) => `${pet.name} (${pet.species})`).join(', ')}.`)
  const rex = pets[0]

  const exam = await book(maya, rex, 'wellness-exam')
  say(
    `She books a ${exam.service.name} for ${rex.name}: ${exam.localStart} at ${exam.location.name} with ${exam.provider.name}.`,
  )
  const grooming = await book(maya, rex, 'grooming', exam.location.id)
  say(`And ${grooming.service.name}: ${grooming.localStart} with ${grooming.provider.name}.`)
  say(`The mail says: “${await subjectOfMail(exam.id)}”.`)
  const twice = await attempt(maya, 'POST', '/appointments', {
    petId: rex.id,
    service: 'wellness-exam',
    startsAt: exam.startsAt,
  })
  say(`The same time once more: ${twice.status} ${twice.body.code}.`)

  const reception = await signIn('reception@petra.example')
  say(`The front desk confirms the exam: ${(await reception('POST', `/appointments/${exam.id}/confirmation`)).status}.`)

  const vet = await signIn('vet@petra.example')
  const record = await vet('POST', `/pets/${rex.id}/medical-records`, {
    type: 'vaccination',
    occurredOn: Temporal.Now.plainDateISO(exam.location.timeZone).toString(),
    description: 'Rabies booster, left hind leg. No reaction after 20 minutes.',
    details: { vaccine: 'rabies', product: 'Nobivac Rabies', dose: 'booster', licensedYears: 3 },
  })
  say(`Dr. Lind writes a ${record.type} record, version ${record.version}, ${record.source}.`)

  const groomer = await signIn('groomer@petra.example')
  const refused = await attempt(groomer, 'GET', `/pets/${rex.id}/medical-records`)
  say(`A groomer asks for the records: ${refused.status} ${refused.body.code}.`)
  if (grooming.provider.name === 'Tomas') {
    const { requirements } = await groomer('GET', `/pets/${rex.id}/vaccination-status`)
    say(`All Tomas is told: ${requirements.map((each: Json) => `${each.vaccine} ${each.status}`).join(', ')}.`)
  }

  const { items: records } = await maya('GET', `/pets/${rex.id}/medical-records`)
  say(`Maya reads: “${records[0].description}”`)
  const { items: looks } = await maya('GET', `/pets/${rex.id}/access-log`)
  say('Who has looked at Rex, newest first:')
  for (const look of looks.slice(0, 4)) say(`  ${look.sentence}`)

  const admin = await signIn('admin@petra.example')
  const { items: events } = await admin('GET', `/audit-events?pet=${rex.id}&limit=8`)
  say('And the trail tells it all:')
  for (const event of events)
    say(`  ${event.outcome.padEnd(7)} ${event.action.padEnd(24)} ${event.actor?.name ?? 'Petra'}`)

  const late = await maya('DELETE', `/appointments/${grooming.id}`)
  say(`Maya cancels the grooming: ${late.status}${late.lateCancellation ? ', late' : ''}.`)

  async function signIn(email: string): Promise<Caller> {
    const session = await request(url, 'POST', '/auth/login', undefined, { email, password: 'good dog, stay safe' })
    const { accessToken } = expectSuccess(session)
    return async (method, path, body) => expectSuccess(await request(url, method, path, accessToken, body))
  }

  /** The first time that suits pet and company from tomorrow on. */
  async function book(owner: Caller, pet: Json, service: string, location = ''): Promise<Json> {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const place =
      location || (await owner('GET', '/locations')).items.find((each: Json) => each.timeZone === 'America/New_York').id
    const { slots } = await owner(
      'GET',
      `/availability?service=${service}&date=${tomorrow}&days=7&location=${place}&pet=${pet.id}`,
    )
    const [{ startsAt, locationId, providerIds }] = slots
    return owner('POST', '/appointments', { petId: pet.id, service, startsAt, locationId, providerId: providerIds[0] })
  }

  /** Mails are written within a second of the commit. */
  async function subjectOfMail(appointmentId: string): Promise<string> {
    for (let tries = 0; tries < 50; tries++) {
      const names = await readdir(mailFolder).catch(() => [])
      for (const name of names.filter((each) => each.endsWith('.eml'))) {
        const mail = await readFile(join(mailFolder, name), 'utf8')
        if (mail.includes(`booked.${appointmentId}.`)) return /^Subject: (.*)$/m.exec(mail)?.[1] ?? ''
      }
      await wait(100)
    }
    throw new Error(`No mail about the booking in ${mailFolder}`)
  }
}

// biome-ignore lint/suspicious/noExplicitAny: an example reads what the documentation shows
type Json = any
type Caller = (method: string, path: string, body?: unknown) => Promise<Json>

/** Sends a request that is meant to be refused. */
async function attempt(
  caller: Caller,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Json }> {
  return caller(method, path, body).then(
    () => ({ status: 200, body: {} }),
    (refusal: Refused) => refusal,
  )
}

class Refused extends Error {
  readonly status: number
  readonly body: Json
  constructor(status: number, body: Json) {
    super(`${status} ${body.code}: ${body.detail}`)
    this.status = status
    this.body = body
  }
}

async function request(url: string, method: string, path: string, token?: string, body?: unknown) {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

function expectSuccess({ status, body }: { status: number; body: Json }): Json {
  if (status >= 400) throw new Refused(status, body)
  return body
}

if (import.meta.main) {
  const url = process.argv[2] ?? 'http://127.0.0.1:3000'
  await firstDay(url, join(resolve(process.env.DATA_DIR ?? '.petra'), 'mail'), console.log)
}
