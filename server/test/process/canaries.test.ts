import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import pg from 'pg'
import { runningSuperuserUrl } from '../../src/platform/embedded-postgres/embedded-postgres.ts'
import { type Petra, startPetra } from './start-petra.ts'

/** Nobody says it by accident; all that is sealed begins with it. */
const SECRET = `zq${randomInt(2 ** 40).toString(36)}x`
/** In the name of a pet, which is readable: what shows that the search finds what is there. */
const OPEN = `vw${randomInt(2 ** 40).toString(36)}y`
/** A mail says to whom it goes, and nothing else that is sealed. */
const EMAIL = `qz${randomInt(2 ** 40).toString(36)}@example.test`
const PHONE = `+4${randomInt(10 ** 6, 10 ** 7)}${randomInt(10 ** 6, 10 ** 7)}`

test('after a day, no clinical or personal word stands in the database, its log, a backup, a log line, a mail or a temporary file', async () => {
  const temporary = await mkdtemp(join(process.env.TEST_FOLDER as string, 'temporary-'))
  await writeFile(join(temporary, 'another'), OPEN)
  await using petra = await startPetra({ LOG_LEVEL: 'trace', TMPDIR: temporary })
  await spendADay(petra)
  const backup = [join(petra.dataDir, 'backup'), join(petra.dataDir, 'backup-keys')]
  await promisify(execFile)(
    process.execPath,
    [fileURLToPath(new URL('../../src/backup.ts', import.meta.url)), ...backup],
    {
      env: { PATH: process.env.PATH, DATA_DIR: petra.dataDir },
    },
  )
  const superuser = new pg.Client(await runningSuperuserUrl(join(petra.dataDir, 'postgres')))
  await superuser.connect()
  await superuser.query('checkpoint')
  await superuser.end()
  await petra.end('SIGTERM')

  const seen = { files: 0, bytes: 0, open: new Set<string>() }
  const output = petra.stdout() + petra.stderr()
  assert.match(output, /"operation":"addMedicalRecord"/)
  look([['output', Buffer.from(output)]], seen.open)
  for (const folder of [petra.dataDir, temporary])
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      const bytes = await readFile(path)
      seen.files++
      seen.bytes += bytes.length
      look(asRead(path.slice(dirname(folder).length + 1), bytes), seen.open)
    }
  assert.ok(seen.files > 500 && seen.bytes > 30_000_000, `${seen.files} files, ${seen.bytes} bytes`)
  assert.deepEqual([...seen.open].sort(), ['backup', 'base', 'mail', 'pg_wal', 'temporary'])
})

/** A file as whoever opens it reads it. */
function asRead(path: string, bytes: Buffer): [string, Buffer][] {
  if (path.endsWith('.gz')) return [[path, gunzipSync(bytes)]]
  if (!path.endsWith('.eml')) return [[path, bytes]]
  // A line of a mail may break within a word.
  return [bytes, Buffer.from(bytes.toString('latin1').replaceAll(/=?\r?\n/g, ''), 'latin1')].map((each) => [path, each])
}

/** Finds nothing that is sealed, and says where what is readable was found. */
function look(places: readonly [string, Buffer][], open: Set<string>): void {
  for (const [place, bytes] of places) {
    const mayName = /^petra\/mail\//.test(place) ? [] : spellings(EMAIL)
    for (const needle of [...spellings(SECRET), ...spellings(PHONE.slice(1)), ...mayName])
      assert.equal(bytes.includes(needle), false, `${needle} in ${place}`)
    if (bytes.includes(OPEN)) open.add(/\b(base|pg_wal|mail|backup|temporary)\b/.exec(place)?.[0] ?? place)
  }
}

/** As it is, in capitals, in hex, and in base64 wherever it begins. */
function spellings(word: string): string[] {
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(' '.repeat(shift) + word)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  )
  return [word, word.toUpperCase(), Buffer.from(word).toString('hex'), ...base64]
}

async function spendADay({ url }: Petra): Promise<void> {
  const as = async (email: string, password = 'good dog, stay safe') => {
    const answer = await fetch(`${url}/auth/login`, json('POST', { email, password }))
    const { accessToken } = (await answer.json()) as { accessToken: string }
    return async (method: string, path: string, body?: object | FormData, more = {}) => {
      const options = body instanceof FormData ? { method, body } : body ? json(method, body) : { method }
      const response = await fetch(url + path, {
        ...options,
        headers: { ...('headers' in options && options.headers), authorization: `Bearer ${accessToken}`, ...more },
      })
      const text = await response.text()
      assert.ok(response.status < 400, `${method} ${path}: ${response.status} ${text}`)
      return text.startsWith('{') ? JSON.parse(text) : text
    }
  }
  await fetch(
    `${url}/auth/register`,
    json('POST', { email: EMAIL, password: 'a long way home', name: 'Una', phone: PHONE }),
  )
  const una = await as(EMAIL, 'a long way home')
  await una('PATCH', '/me', { address: `${SECRET} Street 1` })
  await una('POST', '/me/export')
  const pet = await una('POST', '/pets', { name: OPEN, species: 'dog' })
  const records = `/pets/${pet.id}/medical-records`
  const allergy = {
    type: 'allergy',
    occurredOn: '2026-03-30',
    description: `${SECRET} since spring`,
    details: { substance: `${SECRET} pollen`, severity: 'severe' },
  }
  const record = await una('POST', records, allergy, { 'idempotency-key': 'allergy' })
  assert.deepEqual(await una('POST', records, allergy, { 'idempotency-key': 'allergy' }), record)
  const form = new FormData()
  form.append('file', new Blob([`%PDF-1.7\n${SECRET}\n%%EOF\n`], { type: 'application/pdf' }), `${SECRET}.pdf`)
  const document = await una('POST', `${records}/${record.id}/documents`, form)
  assert.match(await una('GET', document.url), new RegExp(SECRET))
  await una('PUT', `${records}/${record.id}`, { description: `${SECRET} again`, reason: `${SECRET} first` })
  assert.equal((await una('GET', `${records}?search=${SECRET}`)).items.length, 1)
  const vet = await as('vet@petra.example')
  await vet('POST', `/pets/${pet.id}/emergency-access`, { reason: `${SECRET} found unconscious` })
  assert.match(JSON.stringify(await vet('GET', records)), new RegExp(SECRET))
  const desk = await as('reception@petra.example')
  const found = await desk('GET', `/owners?search=${encodeURIComponent(EMAIL)}`)
  assert.equal(found.items.length, 1)
  await una('DELETE', `${records}/${record.id}?reason=${SECRET}`)
  // Mails of the emergency, the export and the registration go out.
  await wait(3_000)
}

function json(method: string, body: object) {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
