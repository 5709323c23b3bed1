import assert from 'node:assert/strict'
import { newPersonalToken, personalTokenHash } from '../../src/features/sessions/personal-token.ts'
import type { Answer, House } from '../setup.ts'
import { isPaged, type Question } from './question.ts'
import type { Request } from './request-of.ts'

const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Sends a request in the question's form; `tag` is what the front desk knows of it. A list in pages comes back as a whole. */
export async function send(
  house: House,
  question: Question,
  request: Request,
  tag: string | undefined,
): Promise<Answer> {
  const { who, scopes, form, operation } = question
  const { method, body, isStale } = request
  const token = who && scopes && (await tokenWith(house, who.id, scopes))
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(Buffer.isBuffer(body) && { 'content-type': 'image/jpeg' }),
    ...(isStale && { 'if-match': '"stale"' }),
    ...(form === 'any tag' && { 'if-none-match': '*' }),
    ...(form === 'known tag' && tag && { 'if-none-match': tag }),
  }
  const isList = isPaged(operation)
  const bare = wayOf(request.path, form)
  const path = isList ? `${bare}${joint(bare)}limit=${form === 'pages' ? 20 : 100}` : bare
  const call = (cursor: string) =>
    house.call(isHead(question, request) ? 'HEAD' : method, path + cursor, { as: who?.id ?? null, body, headers })
  const first = await call('')
  if (form !== 'pages' || !isList || first.status !== 200) return first
  const items = [...first.body.items]
  for (let cursor = first.body.nextCursor; cursor !== null; ) {
    const { body } = await call(`&cursor=${cursor}`)
    assert.ok(body.items.length > 0, 'a page leads to one without anything on it')
    items.push(...body.items)
    cursor = body.nextCursor
  }
  return { ...first, body: { items, nextCursor: null } }
}

/** A token with these scopes, whatever the roles of the account allow. One that carries none is refused by the database, and is given one that opens nothing asked here. */
async function tokenWith(house: House, accountId: string, scopes: readonly string[]): Promise<string> {
  const token = newPersonalToken()
  await house.sql(
    `insert into personal_access_tokens (account_id, name, token_hash, scopes, expires_at)
     values ($1, 'tuple', $2, $3, clock_now() + interval '1 day')`,
    [accountId, personalTokenHash(token), scopes.length > 0 ? scopes : ['tokens:none']],
  )
  return token
}

/** Whether the question goes as HEAD: then there is a status and no body. */
export function isHead({ form }: Question, { method }: Request): boolean {
  return form === 'head' && method === 'GET'
}

/** The same path in another writing. */
function wayOf(path: string, form: Question['form']): string {
  if (form === 'upper') return path.replaceAll(id, (text) => text.toUpperCase())
  if (form === 'encoded') return path.replaceAll(id, (text) => `%${text.charCodeAt(0).toString(16)}${text.slice(1)}`)
  return form === 'noise' ? `${path}${joint(path)}unknown=1` : path
}

function joint(path: string): string {
  return path.includes('?') ? '&' : '?'
}
