import assert from 'node:assert/strict'
import { it } from 'node:test'
import { AppError } from '../../platform/errors.ts'
import { localSpan, wallClock } from './local-span.ts'

const newYork = 'America/New_York'

function span(from: string, to: string, zone = newYork): string[] {
  const { from: first, to: last } = localSpan({ from, to }, zone)
  return [first, last].map((instant) => new Date(instant).toISOString())
}

it('reads both ends by the clock of the location', () => {
  assert.deepEqual(span('2027-03-15T09:00', '2027-03-16T00:00:00'), [
    '2027-03-15T13:00:00.000Z',
    '2027-03-16T04:00:00.000Z',
  ])
})

it('moves a time that the spring gap skips to the later instant', () => {
  assert.deepEqual(span('2027-03-14T02:30', '2027-03-14T04:00'), [
    '2027-03-14T07:30:00.000Z',
    '2027-03-14T08:00:00.000Z',
  ])
  assert.deepEqual(span('2027-03-14T01:00', '2027-03-14T02:30'), [
    '2027-03-14T06:00:00.000Z',
    '2027-03-14T07:30:00.000Z',
  ])
})

it('holds the whole hour that happens twice', () => {
  assert.deepEqual(span('2027-11-07T01:30', '2027-11-07T01:30'), [
    '2027-11-07T05:30:00.000Z',
    '2027-11-07T06:30:00.000Z',
  ])
})

it('refuses a time that is empty, or that the gap leaves empty', () => {
  for (const [from, to] of [
    ['2027-03-15T09:00', '2027-03-15T09:00'],
    ['2027-03-15T09:00', '2027-03-15T08:59'],
    ['2027-03-14T02:30', '2027-03-14T03:15'],
  ] as const) {
    assert.throws(() => span(from, to), isInvalid('/body/to'))
  }
})

it('says wall-clock times with their seconds', () => {
  assert.equal(wallClock('2027-03-15T09:00'), '2027-03-15T09:00:00')
  assert.equal(wallClock('2027-03-15T09:00:05'), '2027-03-15T09:00:05')
})

function isInvalid(pointer: string) {
  return (error: unknown) =>
    error instanceof AppError &&
    error.code === 'request.invalid' &&
    (error.more.errors as { pointer: string }[])[0]?.pointer === pointer
}
