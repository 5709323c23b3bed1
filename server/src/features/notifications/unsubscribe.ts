import type { Actor } from '../../platform/actor.ts'
import type { Config } from '../../platform/config.ts'
import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import type { Keyring } from '../../platform/keys/keyring.ts'
import type { Language } from '../../platform/language.ts'
import { linkToken, readLinkToken } from '../../platform/link-token.ts'
import { type UnsubscribableKind, unsubscribableKinds } from './message-kind.ts'
import { switchOff } from './queries/settings.ts'
import { unsubscribePage } from './unsubscribe-page.ts'
import { voiceFor } from './voice.ts'

/** Where mails lead that can be stopped: a kind, and whose. The link works for as long as the account is there. */
export const UNSUBSCRIBE_PATH = '/unsubscribe/:kind/:token'

/** The address that stops mails of a kind to an account; null for a kind that always comes, or has no link. */
export function unsubscribeUrl(
  { config, keyring }: { config: Pick<Config, 'publicUrl'>; keyring: Keyring },
  kind: string,
  accountId: string | null,
): string | null {
  const stoppable = unsubscribableKinds.find((candidate) => candidate === kind)
  if (!stoppable || accountId === null) return null
  return `${config.publicUrl}/unsubscribe/${stoppable}/${linkToken(keyring, purposeOf(stoppable), accountId)}`
}

/** What the link shows: a question. Nothing changes by looking, for programs follow every link of a mail. */
export async function showUnsubscribe(
  { keyring }: Context,
  link: UnsubscribeLink,
  language: Language,
): Promise<UnsubscribeAnswer> {
  const known = read(keyring, link)
  return answer(known ? { state: 'asking', kind: known.kind } : { state: 'rejected' }, language)
}

/** Switches the kind off for the account of the link, by mail; once or often comes to the same. */
export async function unsubscribe(
  { db, keyring }: Context,
  actor: Actor,
  link: UnsubscribeLink,
  language: Language,
): Promise<UnsubscribeAnswer> {
  const known = read(keyring, link)
  if (!known) return answer({ state: 'rejected' }, language)
  const { kind, accountId } = known
  await transact(db, async (tx) => {
    if (!(await switchOff(tx, accountId, kind, 'email'))) return
    const resource = { type: 'account', id: accountId }
    record(tx, actor, 'notification-preferences.changed', { resource, payload: { fields: [kind] } })
  })
  return answer({ state: 'done', kind }, language)
}

export interface UnsubscribeLink {
  readonly kind: string
  readonly token: string
}

export interface UnsubscribeAnswer {
  readonly status: 200 | 404
  readonly html: string
}

async function answer(page: Parameters<typeof unsubscribePage>[0], language: Language): Promise<UnsubscribeAnswer> {
  return { status: page.state === 'rejected' ? 404 : 200, html: unsubscribePage(page, await voiceFor(language)) }
}

function read(keyring: Keyring, { kind, token }: UnsubscribeLink) {
  const known = unsubscribableKinds.find((candidate) => candidate === kind)
  const accountId = known ? readLinkToken(keyring, purposeOf(known), token) : null
  return known && accountId !== null ? { kind: known, accountId } : null
}

function purposeOf(kind: UnsubscribableKind) {
  return `unsubscribe-${kind}` as const
}
