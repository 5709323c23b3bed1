import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { dispatch } from '../../platform/events/dispatcher.ts'
import { remindOwner } from '../appointments/remind-owner.ts'
import { visit } from '../medical-records/test-records.ts'
import { notificationListeners } from '../notifications/listeners.ts'

let house: House
let world: World
let petId: string
let name: string
let pets = 0
/** The next Monday that is a week away at least. */
let monday: string
const yesterday = Temporal.Now.plainDateISO('UTC').subtract({ days: 1 }).toString()

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off', PUBLIC_URL: 'https://petra.example' })
  world = await populate(house)
  const today = Temporal.Now.plainDateISO('UTC')
  monday = today.add({ days: 15 - today.dayOfWeek }).toString()
})
after(() => house[Symbol.asyncDispose]())

beforeEach(async () => {
  await house.sql('delete from reservations')
  name = `Argo ${++pets}`
  petId = (await house.call('POST', '/pets', { as: world.maya, body: { name, species: 'dog' } })).body.id
})

function book(time: string, as = world.maya) {
  const { newYork: locationId, drLindAtWork: providerId } = world
  const body = { petId, service: 'wellness-exam', startsAt: `${monday}T${time}`, locationId, providerId }
  return house.call('POST', '/appointments', { as, body })
}

async function booked(time: string): Promise<string> {
  const { status, body } = await book(time)
  assert.equal(status, 201, JSON.stringify(body))
  return body.id
}

async function change(body: object, as = world.maya) {
  const answer = await house.call('PATCH', `/pets/${petId}`, { as, body })
  return [answer.status, answer.body.code ?? answer.body.deceasedOn]
}

async function stateOf(id: string) {
  const { body } = await house.call('GET', `/appointments/${id}`, { as: world.maya })
  return [body.status, body.lateCancellation]
}

async function events(): Promise<string[]> {
  const rows = await house.sql(
    `select name from events where pet_id = $1 and (name like 'pet.death%' or name = 'appointment.cancelled') order by id`,
    [petId],
  )
  return rows.map(({ name }) => name)
}

async function mailsAbout(word: RegExp) {
  await house.drain()
  return (await house.mails()).filter(({ subject = '' }) => word.test(subject))
}

describe('a death', () => {
  it('cancels the visits ahead with it, as late to nobody, and leaves those that were', async () => {
    const { drLindAtWork, newYork } = world
    const ahead = await booked('09:00')
    const at = { petId, providerId: drLindAtWork, locationId: newYork }
    const tonight = await visit(house, { ...at, startsIn: '2 hours', status: 'confirmed' })
    const past = await visit(house, { ...at, startsIn: '-2 days', status: 'completed' })
    assert.deepEqual(await change({ deceasedOn: yesterday }), [200, yesterday])
    for (const id of [ahead, tonight]) assert.deepEqual(await stateOf(id), ['cancelled', false])
    assert.deepEqual(await stateOf(past), ['completed', false])
    assert.deepEqual(await events(), ['pet.death-recorded', 'appointment.cancelled', 'appointment.cancelled'])
    const [{ count }] = await house.sql('select count(*)::integer from reservations where subject_id = $1', [petId])
    assert.equal(count, 0)
  })

  it('is told kindly, without another time to book, and takes the visit out of the calendar', async () => {
    await booked('09:00')
    await mailsAbout(/./)
    await change({ deceasedOn: yesterday }, world.ines)
    const mails = await mailsAbout(new RegExp(name))
    const [mail, ...more] = mails.filter(({ subject = '' }) => !subject.startsWith('Booked'))
    assert.deepEqual([mail?.subject, more.length], [`About ${name}’s visit`, 0])
    assert.match(mail?.text ?? '', /our thoughts are with you/)
    assert.doesNotMatch(mail?.text ?? '', /book another|look forward/)
    assert.match(JSON.stringify(mail), /METHOD:CANCEL|"method":"CANCEL"|method=CANCEL/i)
  })

  it('is told in one mail to each owner, however many visits it cancels, with a calendar entry for each', async () => {
    for (const time of ['10:00', '09:00', '11:00']) await booked(time)
    await mailsAbout(/./)
    await change({ deceasedOn: yesterday }, world.ines)
    const [mail, ...more] = (await mailsAbout(new RegExp(name))).filter(({ subject = '' }) => /^About/.test(subject))
    assert.deepEqual([mail?.subject, more.length], [`About ${name}’s visits`, 0])
    assert.match(mail?.text ?? '', /These visits are cancelled.*9:00 AM.*10:00 AM.*11:00 AM/s)
    const entries = (mail?.attachments ?? []).map(({ content }) => new TextDecoder().decode(content as ArrayBuffer))
    const cancelled = await house.sql('select id from appointments where pet_id = $1', [petId])
    for (const { id } of cancelled)
      assert.ok(entries.some((entry) => entry.includes(`UID:${id}@petra`) && entry.includes('METHOD:CANCEL')))
  })

  it('that is taken back before anybody is told leaves a mail for each visit it cancelled', async () => {
    for (const time of ['09:00', '10:00']) await booked(time)
    await mailsAbout(/./)
    await change({ deceasedOn: yesterday }, world.ines)
    while ((await dispatch({ ...house.context, listeners: notificationListeners })) > 0);
    await change({ deceasedOn: null })
    const mails = (await mailsAbout(new RegExp(name))).filter(({ subject = '' }) => /^(About|Cancelled)/.test(subject))
    assert.deepEqual(
      mails.map(({ subject = '' }) => subject.split(':')[0]),
      ['Cancelled', 'Cancelled'],
    )
  })

  it('ends reminders, also one whose visit was not cancelled', async () => {
    const { drLindAtWork, newYork } = world
    const visited = await visit(house, { petId, providerId: drLindAtWork, locationId: newYork, startsIn: '23 hours' })
    const [{ startsAt }] = await house.sql(
      `select to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startsAt" from appointments where id = $1`,
      [visited],
    )
    const reminders = async () => {
      await remindOwner(house.context, { appointmentId: visited, startsAt, hoursBefore: 24 })
      return house.sql(`select from events where name = 'appointment.reminder-due' and pet_id = $1`, [petId])
    }
    await house.sql('update pets set deceased_on = $2 where id = $1', [petId, yesterday])
    assert.equal((await reminders()).length, 0)
    await house.sql('update pets set deceased_on = null where id = $1', [petId])
    assert.equal((await reminders()).length, 1)
  })

  it('leaves nothing to book, hold, search or move to', async () => {
    const { drLindAtWork, newYork, maya, ines, sam } = world
    const past = await visit(house, { petId, providerId: drLindAtWork, locationId: newYork, startsIn: '-30 minutes' })
    await change({ deceasedOn: yesterday })
    const body = { petId, service: 'wellness-exam', startsAt: `${monday}T09:00`, locationId: newYork }
    const asked = `service=wellness-exam&pet=${petId}`
    const refused = [
      await book('09:00'),
      await book('09:00', ines),
      await house.call('POST', '/holds', { as: maya, body }),
      await house.call('GET', `/availability?${asked}&date=${monday}`, { as: maya }),
      await house.call('PUT', `/appointments/${past}`, { as: ines, body: { startsAt: `${monday}T10:00` } }),
    ]
    for (const { status, body } of refused) assert.deepEqual([status, body.code], [409, 'pet.deceased'])
    assert.equal((await book('09:00', sam)).status, 404)
  })

  it('and a booking at the same moment leave no visit behind', async () => {
    for (let round = 0; round < 6; round++) {
      const times = ['09:00', '10:00', '11:00', '12:00']
      const [[status], ...answers] = await Promise.all([
        change({ deceasedOn: yesterday }),
        ...times.map((time) => book(time)),
      ])
      assert.equal(status, 200)
      for (const answer of answers) assert.ok([201, 409].includes(answer.status), JSON.stringify(answer.body))
      const left = await house.sql(`select from appointments where pet_id = $1 and status <> 'cancelled'`, [petId])
      assert.equal(left.length, 0)
      await change({ deceasedOn: null })
    }
  })

  it('is taken back as a mistake: the pet is booked again, and the other owners are told', async () => {
    await house.sql(`insert into ownerships (pet_id, owner_id, rights) values ($1, $2, '{view}')`, [petId, world.noor])
    const cancelled = await booked('09:00')
    await change({ deceasedOn: yesterday })
    assert.deepEqual(await change({ deceasedOn: null }), [200, null])
    assert.deepEqual(await stateOf(cancelled), ['cancelled', false])
    await booked('09:00')
    assert.deepEqual(await events(), ['pet.death-recorded', 'appointment.cancelled', 'pet.death-withdrawn'])
    const mails = await mailsAbout(/our mistake/)
    assert.deepEqual(
      mails.map(({ to }) => to?.[0]?.address),
      ['noor@example.test'],
    )
    assert.match(mails[0]?.text ?? '', /not booked again by themselves/)
  })

  it('is recorded once: another day of it is a change like any other', async () => {
    await change({ deceasedOn: yesterday })
    await change({ deceasedOn: '2026-01-01' })
    assert.deepEqual(await events(), ['pet.death-recorded'])
  })
})

describe('the days of a pet', () => {
  it('have begun, and a death does not come before the birth', async () => {
    const pointers = async (body: object) => {
      const answer = await house.call('POST', '/pets', {
        as: world.maya,
        body: { name: 'Odd', species: 'dog', ...body },
      })
      assert.deepEqual([answer.status, answer.body.code], [422, 'pet.impossible-dates'])
      return answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)
    }
    const tomorrow = Temporal.Now.plainDateISO('UTC').add({ days: 3 }).toString()
    assert.deepEqual(await pointers({ birthDate: tomorrow }), ['/body/birthDate'])
    assert.deepEqual(await pointers({ microchippedOn: tomorrow }), ['/body/microchippedOn'])
    assert.deepEqual(await pointers({ deceasedOn: tomorrow, birthDate: tomorrow }), [
      '/body/birthDate',
      '/body/deceasedOn',
    ])
    assert.deepEqual(await pointers({ birthDate: '2020-02-02', deceasedOn: '2020-02-01' }), ['/body/deceasedOn'])
    await change({ birthDate: '2020-02-02' })
    assert.deepEqual(await change({ deceasedOn: '2020-02-01' }), [422, 'pet.impossible-dates'])
    assert.deepEqual(await change({ deceasedOn: '2020-02-02' }), [200, '2020-02-02'])
    await assert.rejects(house.sql(`update pets set birth_date = '2020-02-03' where id = $1`, [petId]), {
      constraint: 'dies_after_it_is_born',
    })
  })

  it('give groomers an age that says when it is an estimate, and stands still with a death', async () => {
    const { tomas, tomasAtWork, newYork } = world
    await visit(house, { petId, providerId: tomasAtWork, locationId: newYork, service: 'grooming' })
    const age = async () => {
      const { body } = await house.call('GET', `/pets/${petId}`, { as: tomas })
      return [body.ageMonths, body.ageEstimated]
    }
    assert.deepEqual(await age(), [null, false])
    await change({ birthDateEstimated: true })
    assert.deepEqual(await age(), [null, false])
    const birthDate = Temporal.Now.plainDateISO('UTC').subtract({ months: 14 }).toString()
    await change({ birthDate })
    assert.deepEqual(await age(), [14, true])
    await change({ birthDateEstimated: false })
    assert.deepEqual(await age(), [14, false])
    await visit(house, {
      petId,
      providerId: tomasAtWork,
      locationId: newYork,
      startsIn: '-1 hour',
      service: 'grooming',
    })
    await change({ deceasedOn: Temporal.PlainDate.from(birthDate).add({ months: 3 }).toString() })
    assert.deepEqual(await age(), [3, false])
  })
})

describe('a microchip', () => {
  it('is what ISO 11784 says, in the database too', async () => {
    for (const chip of ['001000000000000', '998274877906943', '276098106123456', null])
      await house.sql('update pets set microchip = $2 where id = $1', [petId, chip])
    for (const chip of [
      '000000000000001',
      '999000000000001',
      '276274877906944',
      '27609810612345',
      '27609810612345x',
      '',
    ])
      await assert.rejects(house.sql('update pets set microchip = $2 where id = $1', [petId, chip]), {
        constraint: 'microchip_is_iso_11784',
      })
  })

  it('that is taken is refused in a change as well, in the same words whoever has it', async () => {
    const microchip = '276098106777777'
    const { body: own } = await house.call('POST', '/pets', {
      as: world.maya,
      body: { name: 'A', species: 'dog', microchip },
    })
    const refusals = []
    for (const as of [world.maya, world.sam]) {
      const { body: pet } = await house.call('POST', '/pets', { as, body: { name: 'B', species: 'cat' } })
      for (const method of ['PATCH', 'PUT']) {
        const body = method === 'PUT' ? { name: 'B', species: 'cat', microchip } : { microchip }
        const answer = await house.call(method, `/pets/${pet.id}`, { as, body })
        refusals.push({ status: answer.status, ...answer.body, requestId: null })
      }
    }
    assert.equal(refusals[0]?.status, 409)
    for (const refusal of refusals) assert.deepEqual(refusal, refusals[0])
    assert.ok(!JSON.stringify(refusals).includes(own.id) && !JSON.stringify(refusals).includes(microchip))
  })
})
