import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import ICAL from 'ical.js'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { type Letter, mailOf } from './letter.ts'
import { type Mail, type Mailer, openMailer } from './mailer.ts'
import { oneLine } from './one-line.ts'
import { hostileNames, testAddressee, testLinks, testVisit } from './test-visit.ts'
import type { Visit } from './visit.ts'
import { bookedLetter, cancelledLetter, movedLetter, reminderLetter } from './visit-letters.ts'

const from = 'Petra <visits@petra.example>'
const maya = await testAddressee()

const toMaya = (letter: Letter) => mailOf(maya, letter)
const booked = (changes: Partial<Visit> = {}) => toMaya(bookedLetter(testVisit(changes), maya, testLinks))

test('delivers text, HTML and the calendar entry by SMTP', async (t) => {
  const { mailer, received } = await smtp(t)
  await mailer.send(toMaya(movedLetter(testVisit({ sequence: 3 }), '2027-03-14T13:00:00Z', maya, testLinks)))
  assert.deepEqual(received[0]?.recipients, ['maya@example.test'])
  const mail = await PostalMime.parse(received[0]?.content ?? '')
  assert.deepEqual(mail.from, { name: 'Petra', address: 'visits@petra.example' })
  assert.deepEqual(mail.to, [{ name: 'Maya', address: 'maya@example.test' }])
  assert.equal(
    mail.messageId,
    '<moved.01980a6e-0c00-7000-8000-000000000007.3.01980a6e-0c00-7000-8000-000000000001@petra>',
  )
  assert.equal(mail.headers.find(({ key }) => key === 'auto-submitted')?.value, 'auto-generated')
  assert.match(mail.text ?? '', /Monday, March 15, 2027 at 9:00 AM \(Eastern Daylight Time\)/)
  assert.match(mail.html ?? '', /Monday, March 15, 2027 at 9:00 AM \(Eastern Daylight Time\)/)
  assert.deepEqual(calendarOf(mail), { method: 'REQUEST', uid: `${testVisit().appointmentId}@petra`, sequence: 3 })
})

test('carries the calendar as an alternative for mail clients and as a file for people', async (t) => {
  const { mailer, received } = await smtp(t)
  await mailer.send(toMaya(cancelledLetter(testVisit({ sequence: 4, status: 'cancelled' }), maya, testLinks)))
  const source = received[0]?.content.toString() ?? ''
  assert.match(source, /^Content-Type: text\/calendar; charset=utf-8; method=CANCEL\r$/m)
  const mail = await PostalMime.parse(source)
  const file = mail.attachments.find(({ filename }) => filename === 'visit.ics')
  assert.equal(file?.disposition, 'attachment')
  assert.deepEqual(calendarOf(mail), { method: 'CANCEL', uid: `${testVisit().appointmentId}@petra`, sequence: 4 })
})

test('sends a reminder without a calendar entry', async (t) => {
  const { mailer, received } = await smtp(t)
  await mailer.send(toMaya(reminderLetter(testVisit(), '2027-03-14T13:00:00Z', 24, maya, testLinks)))
  assert.deepEqual((await PostalMime.parse(received[0]?.content ?? '')).attachments, [])
})

test('writes the same message as an .eml file when there is no SMTP server', async (t) => {
  const bySmtp = await smtp(t)
  const byFolder = await folder(t)
  const mail = booked()
  await bySmtp.mailer.send(mail)
  await byFolder.mailer.send(mail)
  const [name = ''] = await byFolder.files()
  assert.match(name, /^\d{8}T\d{6}\.\d{3}Z-[0-9a-f]{32}\.eml$/)
  assert.equal((await stat(join(byFolder.path, name))).mode & 0o777, 0o600)
  const written = await PostalMime.parse(await readFile(join(byFolder.path, name)))
  const delivered = await PostalMime.parse(bySmtp.received[0]?.content ?? '')
  assert.deepEqual(comparable(written), comparable(delivered))
  assert.equal(written.attachments.length, 2)
})

test('writes a message of the same Message-ID once, and another owner’s copy all the same', async (t) => {
  const { mailer, files } = await folder(t)
  await mailer.send(booked())
  await mailer.send(booked())
  assert.equal((await files()).length, 1)
  await mailer.send(booked({ ownerId: '01980a6e-0c00-7000-8000-0000000000ff' }))
  assert.equal((await files()).length, 2)
})

test('keeps hostile names inside the header they belong to', async (t) => {
  const { mailer, received } = await smtp(t)
  for (const name of hostileNames) {
    const letter = bookedLetter(testVisit({ petName: name }), maya, testLinks)
    await mailer.send({ ...mailOf({ ...maya, name }, letter), subject: name })
    const last = received.at(-1)
    assert.deepEqual(last?.recipients, ['maya@example.test'])
    const mail = await PostalMime.parse(last?.content ?? '')
    assert.deepEqual(mail.to, [{ name: oneLine(name), address: 'maya@example.test' }])
    assert.equal(mail.subject, oneLine(name))
    assert.deepEqual(
      mail.headers.map(({ key }) => key),
      ['auto-submitted', 'from', 'to', 'subject', 'message-id', 'date', 'mime-version', 'content-type'],
    )
    assert.ok(mail.text?.includes(`Hello ${oneLine(name)},`))
    assert.equal(calendarOf(mail).sequence, 0)
  }
})

test('keeps a hostile address one recipient', async (t) => {
  const bySmtp = await smtp(t)
  const byFolder = await folder(t)
  const address = 'eve@example.test>,\r\nBcc: <sam@example.test>,maya@example.test'
  const mail = { ...booked(), to: { name: 'Maya', address } }
  await assert.rejects(bySmtp.mailer.send(mail), ({ rejected }: { rejected: string[] }) => rejected.length === 1)
  assert.deepEqual(bySmtp.received, [])
  await byFolder.mailer.send(mail)
  const [name = ''] = await byFolder.files()
  const written = await PostalMime.parse(await readFile(join(byFolder.path, name)))
  assert.equal(written.to?.length, 1)
  assert.equal(written.bcc, undefined)
})

test('gives up after 10 seconds on a server that says nothing', async (t) => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  t.after(() => silent.close())
  const { port } = silent.address() as AddressInfo
  await using mailer = openMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, folder: '', from })
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const connected = once(silent, 'connection')
  const sending = assert.rejects(mailer.send(booked()), /Greeting never received/)
  const [socket] = await connected
  // The client hears of its connection a turn or two of the event loop after the server does.
  for (let turn = 0; turn < 10; turn++) await setImmediate()
  t.mock.timers.tick(10_000)
  await sending
  socket.destroy()
})

test('says which answer a server refused the mail with', async (t) => {
  const { mailer } = await smtp(t, {
    onRcptTo: (_address, _session, answer) =>
      answer(Object.assign(new Error('no such mailbox'), { responseCode: 550 })),
  })
  await assert.rejects(mailer.send(booked()), { responseCode: 550 })
})

test('does not try again by itself when the connection is lost after the message was handed over', async (t) => {
  const sockets = new Set<Socket>()
  let handedOver = 0
  const { mailer, server } = await smtp(t, {
    onData: async (stream) => {
      await buffer(stream)
      handedOver += 1
      for (const socket of sockets) socket.destroy()
    },
  })
  server.server.on('connection', (socket) => sockets.add(socket))
  await assert.rejects(mailer.send(booked()), { code: 'ECONNECTION' })
  assert.equal(handedOver, 1)
})

test('reads no file and no URL, whatever the mail asks for', async (t) => {
  const { mailer, files } = await folder(t)
  const mail = booked()
  for (const text of [{ path: import.meta.filename }, { href: 'http://127.0.0.1:9/' }]) {
    await assert.rejects(mailer.send({ ...mail, text } as unknown as Mail), /access rejected/)
  }
  assert.deepEqual(await files(), [])
})

test('refuses mail once it is disposed', async (t) => {
  const { mailer } = await smtp(t)
  await mailer.send(booked())
  await mailer[Symbol.asyncDispose]()
  await assert.rejects(mailer.send(booked()), /closed/)
})

type Received = { recipients: string[]; content: Buffer }

async function smtp(t: TestContext, behaviour: SMTPServerOptions = {}) {
  const received: Received[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData: async (stream, session, done) => {
      received.push({
        recipients: session.envelope.rcptTo.map(({ address }) => address),
        content: await buffer(stream),
      })
      done()
    },
    ...behaviour,
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const mailer: Mailer = openMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, folder: '', from })
  t.after(async () => {
    await mailer[Symbol.asyncDispose]()
    await new Promise<void>((done) => server.close(done))
  })
  return { mailer, received, server }
}

async function folder(t: TestContext) {
  const parent = await mkdtemp(join(tmpdir(), 'petra-mail-'))
  t.after(() => rm(parent, { recursive: true }))
  const path = join(parent, 'made', 'when-missing')
  const files = () => readdir(path).catch(() => [] as string[])
  return { mailer: openMailer({ folder: path, from }), path, files }
}

function calendarOf(mail: Email) {
  const contents = mail.attachments.map(({ content }) => new TextDecoder().decode(content as ArrayBuffer))
  assert.equal(contents.length, 2)
  assert.equal(contents[0], contents[1])
  const calendar = new ICAL.Component(ICAL.parse(contents[0] ?? ''))
  const component = calendar.getFirstSubcomponent('vevent')
  assert.ok(component)
  const event = new ICAL.Event(component)
  return { method: calendar.getFirstPropertyValue('method'), uid: event.uid, sequence: event.sequence }
}

function comparable({ headers, date, attachments, headerLines, ...mail }: Email) {
  return {
    ...mail,
    headers: headers.map(({ key, value }) => (key === 'date' || key === 'content-type' ? key : { key, value })),
    attachments: attachments.map(({ content, ...attachment }) => ({
      ...attachment,
      content: Buffer.from(content as ArrayBuffer).toString(),
    })),
  }
}
