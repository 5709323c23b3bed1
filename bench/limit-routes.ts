import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { openContent } from '../server/src/features/medical-records/sealed-content.ts'
import { DataKey } from '../server/src/platform/keys/data-key.ts'
import { openKeyring } from '../server/src/platform/keys/keyring.ts'
import { freeSlots } from './limit-slots.ts'
import { limitStatements as statements } from './limit-statements.ts'

// biome-ignore lint/suspicious/noExplicitAny: the columns that each statement names
type Row = any
type Run = (name: string, statement: string, values: unknown[]) => Promise<Row[]>
type Reply = [status: number, body: unknown]

/** The five workloads by hand: a request and who makes it in, status and body out. */
export async function limitRoutes(
  dataDir: string,
  run: Run,
): Promise<(request: IncomingMessage, owner: string) => Promise<Reply>> {
  const keyring = await openKeyring(join(dataDir, 'keys'))
  const keys = new Map<string, DataKey>()

  return async (request, owner) => {
    const [path = '', query = ''] = (request.url ?? '').split('?')
    if (path === '/availability') return search(new URLSearchParams(query))
    if (path.endsWith('/medical-records'))
      return listRecords(owner, path.slice('/pets/'.length, -'/medical-records'.length))
    if (path === '/pets' && request.method === 'GET') return listPets(owner)
    if (path === '/pets') return createPet(owner, JSON.parse(await bodyOf(request)))
    return path === '/appointments' ? book(owner, JSON.parse(await bodyOf(request))) : [404, {}]
  }

  async function listPets(owner: string): Promise<Reply> {
    return [200, { items: await run('list-pets', statements.listPets, [owner]), nextCursor: null }]
  }

  async function createPet(owner: string, { name, species, breed, birthDate, weightGrams }: Row): Promise<Reply> {
    const [pet] = await run('create-pet', statements.createPet, [owner, name, species, breed, birthDate, weightGrams])
    return pet ? [201, pet] : [404, {}]
  }

  async function book(owner: string, { petId, service, startsAt, locationId, providerId }: Row): Promise<Reply> {
    try {
      const [visit] = await run('book', statements.book, [owner, petId, service, providerId, locationId, startsAt])
      return visit ? [201, visit] : [404, {}]
    } catch (error) {
      if ((error as { code?: string }).code === '23P01') return [409, {}]
      throw error
    }
  }

  async function search(query: URLSearchParams): Promise<Reply> {
    const [location, service, date = ''] = ['location', 'service', 'date'].map((name) => query.get(name) ?? '')
    const rows = await run('search', statements.search, [location, service, date, new Date(date).getUTCDay() || 7])
    return [200, { service: rows[0]?.slug, date, days: 1, slots: freeSlots(rows, date, location ?? '') }]
  }

  async function listRecords(owner: string, petId: string): Promise<Reply> {
    const rows = await run('list-records', statements.listRecords, [owner, petId])
    if (rows.length === 0) return [404, {}]
    const key = keys.get(petId) ?? (await readKey(petId))
    const items = rows.map(({ content, authorName, authorId, ...row }) => ({
      ...row,
      ...openContent(key, 'medical_records', { id: row.id, version: row.version, content }),
      documents: [],
      verifiedBy: null,
      author: { id: authorId, name: authorName },
    }))
    return [200, { items, nextCursor: null }]
  }

  async function readKey(petId: string): Promise<DataKey> {
    const [row] = await run('read-key', statements.readKey, [petId])
    const bytes = await keyring.unwrap({ kekId: row.kekId, bytes: row.wrapped }, `${row.id} pet-clinical ${petId}`)
    const key = new DataKey(row.id, petId, keyring.environment, bytes)
    keys.set(petId, key)
    return key
  }
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => resolve(text))
    request.on('error', reject)
  })
}
