import type { OptionalMessageKind } from '@petra/contract'
import { type Link, mailBody } from './mail-body.ts'
import type { Mail } from './mailer.ts'
import type { MessageKind } from './message-kind.ts'
import type { QuietHours } from './quiet-hours.ts'
import type { Voice } from './voice.ts'

/** Whom a letter goes to, and how to speak to them. */
export interface Addressee {
  /** Null for an address that belongs to no account, as far as the letter is concerned. */
  readonly accountId: string | null
  /** Empty for whoever reads there. */
  readonly name: string
  readonly address: string
  readonly voice: Voice
  /** The IANA time zone in which they are told of what happens at no location. */
  readonly timeZone: string
  /** Whether the address takes no mail, as far as is known. */
  readonly isUndeliverable: boolean
  /** What they do not want by mail. */
  readonly switchedOff: readonly OptionalMessageKind[]
  readonly quietHours: QuietHours | null
}

/** What a message says, apart from greeting and layout; nothing clinical. */
export interface Letter {
  /** `<message>.<what it is about>`: the same for every try, so that a duplicate after a crash can be told. */
  readonly id: string
  readonly kind: MessageKind
  readonly subject: string
  /** Without it, the subject. */
  readonly heading?: string
  readonly paragraphs: readonly string[]
  readonly facts?: readonly (readonly [label: string, value: string])[]
  readonly link: Link
  readonly footer: string
  readonly calendar?: Mail['calendar']
  /** Set where the mail shows whether the address works, and is asked for by whoever wants to use it. */
  readonly provesAddress?: true
}

/** A letter as a mail to one person, in their language; with a way to stop such mails where an address for that is given. */
export function mailOf(
  { name, address, voice }: Addressee,
  letter: Letter,
  unsubscribeUrl: string | null = null,
): Mail {
  const { id, subject, heading = subject, paragraphs, facts = [], link, footer, calendar } = letter
  return {
    messageId: `${id}@petra`,
    to: { name, address },
    subject,
    ...mailBody({
      language: voice.language,
      heading,
      greeting: name === '' ? voice.say('greeting.nameless') : voice.say('greeting', { name }),
      paragraphs,
      facts: facts.map(([label, value]) => ({ label, line: voice.say('label.line', { label }), value })),
      link,
      footer,
      unsubscribe: unsubscribeUrl === null ? null : { label: voice.say('unsubscribe.link'), url: unsubscribeUrl },
    }),
    ...(calendar && { calendar }),
    ...(unsubscribeUrl !== null && { unsubscribeUrl }),
  }
}
