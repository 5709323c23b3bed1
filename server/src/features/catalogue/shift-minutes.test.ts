import assert from 'node:assert/strict'
import { it } from 'node:test'
import { byWeekday, toMinutes, toShift } from './shift-minutes.ts'

const monday = (from: string, to: string) => ({ weekday: 1, from, to })

it('runs past midnight when `to` is at or before `from`', () => {
  assert.deepEqual(toMinutes(monday('22:00', '06:00')), { weekday: 1, fromMinute: 1320, toMinute: 1800 })
  assert.deepEqual(toMinutes(monday('09:00', '09:00')), { weekday: 1, fromMinute: 540, toMinute: 1980 })
  assert.deepEqual(toMinutes(monday('09:00', '09:01')), { weekday: 1, fromMinute: 540, toMinute: 541 })
})

it("ends at the day's end at 24:00", () => {
  assert.deepEqual(toMinutes(monday('00:00', '24:00')), { weekday: 1, fromMinute: 0, toMinute: 1440 })
})

it('says a shift as it was given, and midnight at its end as 24:00', () => {
  for (const shift of [
    monday('09:00', '17:30'),
    monday('22:00', '06:00'),
    monday('09:00', '09:00'),
    monday('00:00', '24:00'),
  ]) {
    assert.deepEqual(toShift(toMinutes(shift)), shift)
  }
  assert.deepEqual(toShift(toMinutes(monday('22:00', '00:00'))), monday('22:00', '24:00'))
})

it('orders shifts by weekday, beginning and end', () => {
  const at = (weekday: number, fromMinute: number, toMinute: number) => ({ weekday, fromMinute, toMinute })
  const week = [at(1, 540, 600), at(1, 540, 720), at(1, 780, 800), at(2, 0, 60)]
  assert.deepEqual(week.toReversed().sort(byWeekday), week)
})
