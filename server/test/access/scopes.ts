import assert from 'node:assert/strict'
import { type Scope, scopeOf, sessionOnly, tokenScopes } from '@petra/contract'
import { newPersonalToken, personalTokenHash } from '../../src/features/sessions/personal-token.ts'
import type { House } from '../setup.ts'
import { type Persona, personas } from './cast.ts'
import type { Stage } from './stage.ts'
import { type Request, type Row, refusals } from './table.ts'

/** The scope that the row's route needs, or null when it is open to all. */
export function scopeOfRow({ route }: Row): Scope | null {
  return 'permission' in route ? scopeOf(route.permission) : null
}

/** The first who may: they ask through a personal access token, where one may. */
export function tokenHolder(row: Row): Persona | undefined {
  return scopeOfRow(row) === null ? undefined : personas.find((who) => !(row.verdicts[who] in refusals))
}

/** The request through a token with every scope but the needed one is refused, and is told which it is. */
export async function assertScopeNeeded(stage: Stage, who: Persona, request: Request, scope: Scope): Promise<void> {
  const others = tokenScopes.filter((other) => other !== scope)
  const { method, path, body, headers } = await throughToken(stage, who, request, others)
  const answer = await stage.house.call(method, path, { body, ...(headers && { headers }) })
  assert.deepEqual([answer.status, answer.body.code], [403, 'auth.insufficient-scope'])
  assert.match(
    answer.headers.get('www-authenticate') ?? '',
    new RegExp(`error="insufficient_scope", scope="${scope}"$`),
  )
}

/** The request through a token with the needed scope alone; as it is, where no token may. */
export async function throughNeeded(stage: Stage, who: Persona, request: Request, scope: Scope): Promise<Request> {
  return (sessionOnly as readonly Scope[]).includes(scope) ? request : throughToken(stage, who, request, [scope])
}

async function throughToken(
  { house, ids }: Stage,
  who: Persona,
  request: Request,
  scopes: readonly Scope[],
): Promise<Request> {
  const token = await tokenWith(house, ids[who] as string, scopes)
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } }
}

/** A token with these scopes, whatever the roles of the account allow. */
async function tokenWith(house: House, accountId: string, scopes: readonly Scope[]): Promise<string> {
  const token = newPersonalToken()
  await house.sql(
    `insert into personal_access_tokens (account_id, name, token_hash, scopes, expires_at)
     values ($1, 'test', $2, $3, now() + interval '1 hour')`,
    [accountId, personalTokenHash(token), scopes],
  )
  return token
}
