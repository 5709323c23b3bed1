import { type WatchRule, watchRules } from '@petra/contract'
import { addresseeOf } from '../addressee.ts'
import type { Addressee, Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import { findAccountName, listAdmins } from '../queries.ts'

/** Tells every admin that a rule over the audit trail was broken, and by which account. */
export const watchRaised: Notice = {
  name: 'watch-raised',
  event: 'watch.raised',
  recipients: ({ db }) => listAdmins(db),
  async compose(context, { eventId, resourceId, at, rule: said, recipientId }) {
    const rule = watchRules.find((known) => known === said)
    if (rule === undefined || resourceId === null || recipientId === undefined) return null
    const [account, to] = await Promise.all([
      findAccountName(context.db, resourceId),
      addresseeOf(context, recipientId),
    ])
    if (account === undefined || !to) return null
    const url = context.config.publicUrl
    return {
      to,
      letter: watchRaisedLetter({ id: `watch-raised.${eventId}.${recipientId}`, rule, account, at, url }, to),
    }
  },
}

export interface WatchNews {
  readonly id: string
  readonly rule: WatchRule
  /** The account's name. */
  readonly account: string
  /** An instant. */
  readonly at: string
  readonly url: string
}

/** Neither pets nor countries: what the account has done stands in the trail. */
export function watchRaisedLetter(
  { id, rule, account, at, url }: WatchNews,
  { voice: { say, time }, timeZone }: Pick<Addressee, 'voice' | 'timeZone'>,
): Letter {
  return {
    id,
    kind: 'operations',
    subject: say('watch-raised.subject'),
    paragraphs: [say(`watch-raised.${rule}`), say('watch-raised.advice')],
    facts: [
      [say('label.account'), account],
      [say('label.when'), time(at, timeZone)],
    ],
    link: { label: say('link.portal'), url },
    footer: say('footer.operations'),
  }
}
