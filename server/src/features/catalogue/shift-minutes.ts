import type { Shift } from '@petra/contract'

/** A shift in wall-clock minutes from midnight of its weekday; past 1440 it runs into the next day. */
export interface ShiftMinutes {
  readonly weekday: number
  readonly fromMinute: number
  readonly toMinute: number
}

const DAY = 1440

/** A shift as it is stored: `to` at or before `from` is the next day's. */
export function toMinutes({ weekday, from, to }: Shift): ShiftMinutes {
  const fromMinute = minuteOf(from)
  const toMinute = minuteOf(to)
  return { weekday, fromMinute, toMinute: toMinute > fromMinute ? toMinute : toMinute + DAY }
}

/** A shift as the wire says it; midnight at its end is 24:00. */
export function toShift({ weekday, fromMinute, toMinute }: ShiftMinutes): Shift {
  return { weekday, from: wallTime(fromMinute), to: wallTime(toMinute > DAY ? toMinute - DAY : toMinute) }
}

/** Shifts in the order of the week. */
export function byWeekday(a: ShiftMinutes, b: ShiftMinutes): number {
  return a.weekday - b.weekday || a.fromMinute - b.fromMinute || a.toMinute - b.toMinute
}

function minuteOf(wallTime: string): number {
  return Number(wallTime.slice(0, 2)) * 60 + Number(wallTime.slice(3))
}

function wallTime(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
