import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Email } from 'postal-mime'
import { add, header, house, makeDue, news, off, path, recordNews, say, world } from './test-channels.ts'

describe('preferences', () => {
  it('are all on until somebody says otherwise, and are replaced as a whole', async () => {
    const before = await house.call('GET', path, { as: world.sam })
    assert.equal(before.body.timeZone, null)
    assert.ok(before.body.preferences.every(({ enabled }: { enabled: boolean }) => enabled))
    const quietHours = { from: '22:00', to: '07:00' }
    const said = await say(world.sam, { timeZone: 'Europe/Warsaw', quietHours, ...off('vaccinations') })
    assert.equal(said.status, 200)
    const { body, headers } = await house.call('GET', path, { as: world.sam })
    assert.deepEqual(body, said.body)
    assert.deepEqual([body.timeZone, body.quietHours], ['Europe/Warsaw', quietHours])
    const isOn = Object.fromEntries(
      body.preferences.map((one: { kind: string; enabled: boolean }) => [one.kind, one.enabled]),
    )
    assert.deepEqual(isOn, { 'visit-reminders': true, vaccinations: false, 'new-records': true, 'day-list': true })
    assert.equal((await say(world.sam, {}, { 'if-match': before.headers.get('etag') as string })).status, 412)
    assert.equal((await say(world.sam, {}, { 'if-match': headers.get('etag') as string })).status, 200)
    assert.deepEqual((await house.call('GET', path, { as: world.sam })).body, before.body)
  })

  it('take no nonsense', async () => {
    const night = { from: '22:00', to: '07:00' }
    for (const [body, pointer] of [
      [{ quietHours: night }, '/body/timeZone'],
      [{ timeZone: 'Europe/Warsaw', quietHours: { from: '07:00', to: '07:00' } }, '/body/quietHours/to'],
      [{ timeZone: 'Mars/Olympus' }, '/body/timeZone'],
      [{ quietHours: { from: '24:00', to: '07:00' } }, '/body/quietHours/from'],
      [{ preferences: [...off('day-list').preferences, ...off('day-list').preferences] }, '/body/preferences/1'],
      [off('security'), '/body/preferences/0/kind'],
      [off('visits'), '/body/preferences/0/kind'],
    ] as const) {
      const answer = await say(world.sam, body)
      assert.equal(answer.status, 400, JSON.stringify(body))
      assert.equal(answer.body.errors[0].pointer, pointer)
    }
  })

  it('keep a kind of mail away, and no other', async () => {
    assert.equal((await recordNews()).length, 1)
    await say(world.maya, off('new-records'))
    assert.deepEqual(await recordNews(), [])
    await say(world.maya, off('vaccinations'))
    assert.equal((await recordNews()).length, 1)
  })
})

describe('the link to stop mails', () => {
  it('is in the head of a mail of a kind that may be stopped, with one click, and not in that of a visit', async () => {
    const [mail] = await recordNews()
    assert.match(
      header(mail, 'list-unsubscribe') ?? '',
      /^<https:\/\/petra\.example\/unsubscribe\/new-records\/[\w-]{64}>$/,
    )
    assert.equal(header(mail, 'list-unsubscribe-post'), 'List-Unsubscribe=One-Click')
    assert.match(mail?.text ?? '', /https:\/\/petra\.example\/unsubscribe\/new-records\//)
    const [booked] = await bookedNews()
    assert.match(booked?.subject ?? '', /^Booked/)
    assert.equal(header(booked, 'list-unsubscribe'), undefined)
    assert.doesNotMatch(booked?.text ?? '', /unsubscribe/)
  })

  it('shows a page and changes nothing when it is looked at, and switches the kind off when it is posted to', async () => {
    const url = linkOf((await recordNews())[0])
    const page = await fetch(url, { headers: { 'accept-language': 'fr' } })
    assert.deepEqual([page.status, page.headers.get('content-type')], [200, 'text/html; charset=utf-8'])
    assert.match(await page.text(), /<html lang="fr">[\s\S]*<form method="post">/)
    assert.equal((await recordNews()).length, 1)
    const done = await post(url)
    assert.equal(done.status, 200)
    assert.match(await done.text(), /no more messages about this: new entries/)
    assert.deepEqual(await recordNews(), [])
    assert.equal((await post(url)).status, 200, 'once more')
    const events = await house.sql(
      `select payload from events where name = 'notification-preferences.changed' and actor_id is null`,
    )
    assert.equal(events.length, 1)
    await say(world.maya, {})
    assert.equal((await recordNews()).length, 1)
  })

  it('takes the form that mail programs send, in both encodings, and nothing else', async () => {
    const url = linkOf((await recordNews())[0])
    const form = new FormData()
    form.set('List-Unsubscribe', 'One-Click')
    assert.equal((await fetch(url, { method: 'POST', body: form })).status, 200)
    await say(world.maya, {})
    assert.equal((await fetch(url, { method: 'POST' })).status, 400)
    assert.equal((await fetch(url, { method: 'POST', body: new URLSearchParams({ a: 'b' }) })).status, 400)
    const json = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
    assert.equal((await fetch(url, json)).status, 415)
    assert.equal(
      (await fetch(url, { method: 'POST', body: new URLSearchParams({ a: 'x'.repeat(9_999) }) })).status,
      413,
    )
    assert.equal((await recordNews()).length, 1)
  })

  it('is good for its kind and its account alone', async () => {
    const url = linkOf((await recordNews())[0])
    for (const wrong of [
      url.replace('new-records', 'vaccinations'),
      url.replace('new-records', 'security'),
      url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      url.replace(/[\w-]{64}$/, 'x'),
    ]) {
      for (const answer of [await fetch(wrong), await post(wrong)]) {
        assert.equal(answer.status, 404)
        assert.match(await answer.text(), /This link is not valid/)
      }
    }
    assert.equal((await recordNews()).length, 1)
  })
})

describe('quiet hours', () => {
  it('hold what may wait until they end, and then it is sent, once', async () => {
    await say(world.maya, quietNow())
    assert.deepEqual(await recordNews(), [])
    const [held] = await house.sql(
      `select run_at > now() + interval '1 hour' as waits from graphile_worker.jobs where key like 'held:%'`,
    )
    assert.equal(held.waits, true)
    await say(world.maya, {})
    await makeDue('held:')
    assert.equal((await news()).length, 1)
  })

  it('hold neither what concerns security, nor the answer to what one did, nor a visit that is near', async () => {
    await say(world.maya, quietNow())
    assert.equal((await bookedNews()).length, 1, 'her own booking')
    await house.call('POST', '/me/tokens', {
      as: world.maya,
      body: { name: 'x', scopes: ['pets:read'], expiresInDays: 1 },
    })
    await house.call('POST', `/pets/${world.rex}/emergency-access`, {
      as: world.drOkafor,
      body: { reason: 'Hit by a car' },
    })
    const subjects = (await news())
      .filter(({ to }) => to?.[0]?.address === 'maya@example.test')
      .map(({ subject }) => subject)
    assert.ok(subjects.includes('Emergency access to Rex’s records'), String(subjects))
    const far = await visitMoved('20 days')
    assert.deepEqual(await news(), [])
    const near = await visitMoved('8 hours')
    assert.deepEqual(
      (await news()).map(({ messageId }) => messageId?.includes(near)),
      [true],
    )
    await say(world.maya, {})
    await makeDue('held:')
    assert.deepEqual(
      (await news()).map(({ messageId }) => messageId?.includes(far)),
      [true],
    )
  })
})

const post = (url: string) =>
  fetch(url, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })

function linkOf(mail: Email | undefined): string {
  const link = /^<https:\/\/petra\.example(.+)>$/.exec(header(mail, 'list-unsubscribe') ?? '')?.[1]
  assert.ok(link)
  return house.url + link
}

let day = Temporal.Now.plainDateISO('America/New_York').add({ days: 15 })

async function bookedNews(): Promise<Email[]> {
  day = day.add({ days: day.dayOfWeek >= 5 ? 8 - day.dayOfWeek : 1 })
  const body = { petId: world.rex, service: 'wellness-exam', startsAt: `${day}T10:00`, locationId: world.newYork }
  assert.equal((await house.call('POST', '/appointments', { as: world.maya, body })).status, 201)
  return news()
}

/** News that the front desk has moved a visit, which begins after an interval. */
async function visitMoved(startsIn: string): Promise<string> {
  const [{ id }] = await house.sql(
    `insert into appointments (pet_id, service_id, provider_id, location_id, starts_at, ends_at, local_start, time_zone, status, booked_by)
     select $1, s.id, $2, $3, now() + $4::interval, now() + $4::interval + interval '30 minutes', now(), 'America/New_York', 'booked', $5
       from services s where slug = 'wellness-exam' returning id`,
    [world.rex, world.drLindAtWork, world.newYork, startsIn, world.ines],
  )
  const at = new Date().toISOString()
  const news = { kind: 'moved', appointmentId: id, petId: world.rex, sequence: 0, at, actorId: world.ines }
  const payload = { ...news, previousStartsAt: at, hoursBefore: null, ownerId: world.maya }
  await add({ key: `moved ${id}`, name: 'notifications.send-visit-mail', payload })
  return id
}

/** Quiet from now on, for six hours. */
function quietNow() {
  const now = Temporal.Now.zonedDateTimeISO('UTC')
  const clock = (hours: number) => now.add({ hours }).toPlainTime().toString().slice(0, 5)
  return { timeZone: 'UTC', quietHours: { from: clock(-1), to: clock(6) } }
}
