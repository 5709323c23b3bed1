import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UrlRefused } from '../../platform/network/safe-fetch.ts'
import { againInSeconds, pauseSeconds } from './retry-schedule.ts'
import { verdictOf } from './verdict.ts'

const now = Date.parse('2027-03-15T12:00:00Z')
const answered = (status: number, headers = {}) => verdictOf({ answer: { status, headers } }, now)

test('takes 2xx for delivered, and whatever else for a failure', () => {
  for (const status of [200, 202, 204, 299]) assert.ok(answered(status).isDelivered, `${status}`)
  for (const status of [100, 301, 302, 304, 307, 308, 400, 404, 410, 429, 500, 503])
    assert.ok(!answered(status).isDelivered, `${status}`)
  assert.deepEqual([answered(410).isGone, answered(404).isGone], [true, false])
})

test('tells an endpoint that is away from one that does not like this message', () => {
  for (const status of [429, 502, 503, 504]) assert.ok(answered(status).isAway, `${status}`)
  for (const status of [301, 400, 404, 500]) assert.ok(!answered(status).isAway, `${status}`)
  assert.ok(verdictOf({ error: new UrlRefused('x') }, now).isAway)
})

test('reads Retry-After in seconds or as a date, a day at the most, and nothing else', () => {
  const after = (field: string) => answered(503, { 'retry-after': field }).retryAfterSeconds
  assert.deepEqual(
    [
      '120',
      '0',
      '999999999',
      'Mon, 15 Mar 2027 12:05:00 GMT',
      'Mon, 15 Mar 2027 11:00:00 GMT',
      'soon',
      '-5',
      '1e9',
      '',
    ].map(after),
    [120, 0, 86_400, 300, 0, 0, 0, 0, 0],
  )
})

test('says what went wrong by a word of its own', () => {
  const fault = (error: unknown) => verdictOf({ error }, now).fault
  const coded = (code: string) => Object.assign(new Error('x'), { code })
  assert.equal(fault(new UrlRefused('x')), 'refused')
  assert.equal(fault(new DOMException('x', 'TimeoutError')), 'timeout')
  assert.equal(fault(coded('ECONNREFUSED')), 'connection')
  assert.equal(fault(coded('CERT_HAS_EXPIRED')), 'certificate')
  assert.equal(fault(coded('ERR_TLS_CERT_ALTNAME_INVALID')), 'certificate')
  assert.equal(fault(coded('DEPTH_ZERO_SELF_SIGNED_CERT')), 'certificate')
})

test('tries ten times over three days, later by up to a fifth, and as late as it is asked to', () => {
  const schedule = Array.from({ length: 10 }, (_, i) => againInSeconds(i + 1, 0, 0))
  assert.deepEqual(schedule, [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, null])
  assert.equal(againInSeconds(2, 0, 1), 360)
  assert.equal(againInSeconds(1, 600, 0), 600)
  assert.equal(againInSeconds(10, 600, 0), null)
})

test('leaves who cannot be reached alone for longer and longer, five minutes at the most', () => {
  assert.deepEqual(
    [1, 2, 3, 7, 100].map((failures) => pauseSeconds(failures, 0)),
    [5, 10, 20, 300, 300],
  )
  assert.equal(pauseSeconds(1, 1_000), 1_000)
})
