import assert from 'node:assert/strict'
import { after, before, beforeEach } from 'node:test'
import type { Email } from 'postal-mime'
import { type Answer, type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { enqueue, type NewJob } from '../../platform/jobs/jobs.ts'
import { secondsLater } from '../appointments/plan-reminders.ts'

export let house: House
export let world: World
/** Each test has a day of its own, so that none takes another's time. */
export let day = nextMonday()

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
  world = await populate(house)
  await remindHoursBefore('{24}')
})
after(() => house[Symbol.asyncDispose]())

beforeEach(async () => {
  day = day.add({ days: day.dayOfWeek === 5 ? 3 : 1 })
  await house.setClockAhead('0')
})

export function remindHoursBefore(hours: string): Promise<unknown> {
  return house.sql(`update services set reminder_hours = $1::integer[] where slug = 'wellness-exam'`, [hours])
}

export interface Visit {
  readonly id: string
  readonly startsAt: string
}

export async function book(time: string, petId = world.rex): Promise<Visit> {
  const body = { petId, service: 'wellness-exam', startsAt: `${day}T${time}`, locationId: world.newYork }
  return answered(201, await house.call('POST', '/appointments', { as: world.maya, body }))
}

export async function move(id: string, time: string): Promise<Visit> {
  const body = { startsAt: `${day}T${time}` }
  return answered(200, await house.call('PUT', `/appointments/${id}`, { as: world.maya, body }))
}

export function answered(status: number, answer: Answer): Visit {
  assert.equal(answer.status, status, JSON.stringify(answer.body))
  return answer.body
}

export function reminder(appointmentId: string, startsAt: string): NewJob {
  const payload = { appointmentId, startsAt, hoursBefore: 24 }
  return { key: `again ${appointmentId}`, name: 'appointments.remind-owner', payload }
}

export function add(job: NewJob): Promise<void> {
  return transact(house.context.db, (tx) => enqueue(tx, [job]))
}

/** Puts the database's clock so many hours after an instant. */
export async function setClock(instant: string, hours: number): Promise<void> {
  const seconds = (Date.parse(instant) - Date.now()) / 1000 + hours * 3600
  await house.setClockAhead(`${seconds} seconds`)
}

/** When the visit's reminder will run; null when none is planned. */
export async function plannedReminder(id: string, hours = 24): Promise<string | null> {
  const [job] = await house.sql('select run_at from graphile_worker.jobs where key = $1', [
    `remind-owner:${id}:${hours}`,
  ])
  return job ? Temporal.Instant.fromEpochMilliseconds(job.run_at.getTime()).toString() : null
}

export async function remindersDue(id: string): Promise<number> {
  return (await house.sql(`select from events where name = 'appointment.reminder-due' and resource_id = $1`, [id]))
    .length
}

/** With the seconds by which the reminders of one minute are spread. */
export function dayBefore({ id, startsAt }: Visit): string {
  return Temporal.Instant.from(startsAt)
    .subtract({ hours: 24 })
    .add({ seconds: secondsLater(id) })
    .toString()
}

export async function mailsAbout(id: string): Promise<Email[]> {
  return (await house.mails()).filter(({ messageId }) => messageId?.includes(id))
}

/** The first word of each mail's subject. */
export async function newsAbout(id: string): Promise<(string | undefined)[]> {
  return (await mailsAbout(id)).map(({ subject }) => subject?.split(':')[0])
}

export function calendarOf(mail: Email | undefined): string {
  return new TextDecoder().decode(mail?.attachments[0]?.content as ArrayBuffer)
}

export function nextMonday(): Temporal.PlainDate {
  const today = Temporal.Now.plainDateISO('America/New_York')
  return today.add({ days: 15 - today.dayOfWeek })
}
