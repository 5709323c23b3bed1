import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type StartFilter, wantedStarts } from './wanted-starts.ts'

const isWanted = (filter: StartFilter, start: string) => wantedStarts(filter)?.(start) ?? true
// A Monday.
const at = (time: string) => `2027-03-15T${time}:00`

describe('a search that wants some times only', () => {
  it('takes its first moment and not its last', () => {
    const morning = { fromTime: '09:00', toTime: '12:00' }
    assert.deepEqual(
      ['08:59', '09:00', '11:59', '12:00'].map((time) => isWanted(morning, at(time))),
      [false, true, true, false],
    )
  })

  it('may leave either end open, and want all of the day', () => {
    assert.ok(isWanted({ fromTime: '22:00' }, at('23:59')) && !isWanted({ fromTime: '22:00' }, at('21:59')))
    assert.ok(isWanted({ toTime: '08:00' }, at('00:00')) && !isWanted({ toTime: '08:00' }, at('08:00')))
    assert.ok(isWanted({ toTime: '24:00' }, at('23:59')) && isWanted({}, at('00:00')))
  })

  it('runs past midnight where it ends before it begins', () => {
    const night = { fromTime: '22:00', toTime: '02:00' }
    assert.deepEqual(
      ['21:59', '22:00', '01:59', '02:00'].map((time) => isWanted(night, at(time))),
      [false, true, true, false],
    )
  })

  it('goes by the weekday of the start, Monday being 1 and Sunday 7', () => {
    assert.ok(isWanted({ weekday: '1' }, at('09:00')) && isWanted({ weekday: '6,1' }, at('09:00')))
    assert.ok(!isWanted({ weekday: '2,3,4,5,6,7' }, at('09:00')))
    assert.ok(isWanted({ weekday: '7' }, '2027-03-14T09:00:00') && isWanted({ weekday: '3' }, '1969-12-31T09:00:00'))
  })
})
