import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quietUntil } from './quiet-hours.ts'

const night = { timeZone: 'America/New_York', from: '22:00', until: '07:00' }
const noon = { timeZone: 'Europe/Warsaw', from: '12:00', until: '13:30' }

test('end in the morning after the evening in which they began', () => {
  assert.equal(quietUntil(night, '2027-03-16T01:59:00Z'), null)
  assert.equal(quietUntil(night, '2027-03-16T02:00:00Z'), '2027-03-16T11:00:00Z')
  assert.equal(quietUntil(night, '2027-03-16T04:30:00Z'), '2027-03-16T11:00:00Z')
  assert.equal(quietUntil(night, '2027-03-16T10:59:59Z'), '2027-03-16T11:00:00Z')
  assert.equal(quietUntil(night, '2027-03-16T11:00:00Z'), null)
})

test('may lie within a day', () => {
  assert.equal(quietUntil(noon, '2027-01-16T10:59:00Z'), null)
  assert.equal(quietUntil(noon, '2027-01-16T11:00:00Z'), '2027-01-16T12:30:00Z')
  assert.equal(quietUntil(noon, '2027-01-16T12:30:00Z'), null)
})

test('go by the clock on the wall when it changes', () => {
  assert.equal(quietUntil(night, '2027-03-14T04:00:00Z'), '2027-03-14T11:00:00Z', 'an hour shorter in spring')
  assert.equal(quietUntil(night, '2027-11-07T03:00:00Z'), '2027-11-07T12:00:00Z', 'an hour longer in autumn')
  const gap = { ...night, until: '02:30' }
  assert.equal(quietUntil(gap, '2027-03-14T04:00:00Z'), '2027-03-14T07:30:00Z', 'at an end that the clock skips')
})

test('end once where the clock shows their end twice, and never before the instant', () => {
  const late = { ...night, until: '01:30' }
  assert.equal(quietUntil(late, '2027-11-07T05:10:00Z'), '2027-11-07T05:30:00Z', '01:10, the first time')
  assert.equal(quietUntil(late, '2027-11-07T06:10:00Z'), null, '01:10, the second time')
  const within = { ...night, from: '01:15', until: '01:45' }
  assert.equal(quietUntil(within, '2027-11-07T05:20:00Z'), '2027-11-07T05:45:00Z')
  assert.equal(quietUntil(within, '2027-11-07T06:20:00Z'), null)
})
