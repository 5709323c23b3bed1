import { createTransport, type SendMailOptions } from 'nodemailer'
import { oneLine } from './one-line.ts'
import { writeEml } from './write-eml.ts'

export type Mail = {
  /** Without brackets; the same for every try, so that a duplicate after a crash can be told. */
  messageId: string
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
  /** Takes one request to stop what is like this mail (RFC 8058). */
  unsubscribeUrl?: string
  calendar?: {
    method: 'REQUEST' | 'CANCEL'
    content: string
    /** What more there is, each a file of its own: an entry takes a calendar of its own (RFC 5546), and mail programs heed one. */
    more?: readonly string[]
  }
}

export type Mailer = AsyncDisposable & {
  /** Resolves once the mail is accepted; rejects with an error whose `responseCode` is the SMTP server's, if it answered. */
  send(mail: Mail): Promise<void>
}

/**
 * Mail by SMTP (`smtp:` or `smtps:` URL), or without one into `folder`, one `.eml` a message. `from` is an address, with or
 * without a name. Disposing closes idle connections; a delivery under way may finish.
 */
export function openMailer(options: { smtpUrl?: string | undefined; folder: string; from: string }): Mailer {
  return options.smtpUrl === undefined
    ? folderMailer(options.folder, options.from)
    : smtpMailer(options.smtpUrl, options.from)
}

const noFetching = { disableFileAccess: true, disableUrlAccess: true }

function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    // Look-up, connection, TLS and greeting together.
    connectionTimeout: 10_000,
    // Silence in between.
    socketTimeout: 20_000,
    ...noFetching,
  })
  return {
    async send(mail) {
      await transport.sendMail(message(mail, from))
    },
    async [Symbol.asyncDispose]() {
      transport.close()
    },
  }
}

function folderMailer(folder: string, from: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows', ...noFetching })
  return {
    async send(mail) {
      const sent = await transport.sendMail(message(mail, from))
      await writeEml(folder, mail.messageId, sent.message as Buffer)
    },
    async [Symbol.asyncDispose]() {},
  }
}

function message(mail: Mail, from: string): SendMailOptions {
  return {
    from,
    to: { name: oneLine(mail.to.name), address: mail.to.address },
    subject: oneLine(mail.subject),
    messageId: `<${mail.messageId}>`,
    // RFC 3834: keeps holiday responders from answering.
    headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribing(mail) },
    text: mail.text,
    html: mail.html,
    ...(mail.calendar && calendarParts(mail.calendar)),
  }
}

function calendarParts({ method, content, more = [] }: NonNullable<Mail['calendar']>): SendMailOptions {
  const contentType = `text/calendar; charset=utf-8; method=${method}`
  return {
    icalEvent: { method, content, filename: 'visit.ics' },
    attachments: more.map((file, index) => ({ filename: `visit-${index + 2}.ics`, content: file, contentType })),
  }
}

/** RFC 8058: the mail program offers a button, and posts to the address when it is pressed. */
function unsubscribing({ unsubscribeUrl }: Mail): Record<string, string> {
  if (unsubscribeUrl === undefined) return {}
  return { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}
