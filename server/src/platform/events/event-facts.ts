import type { LogEvent } from './log-tail.ts'

/** The id of what an event is about. @throws Error when it names nothing */
export function resourceOf(event: LogEvent): string {
  return event.resourceId ?? missing(event, 'resource')
}

/** The pet an event is about. @throws Error when it names none */
export function petOf(event: LogEvent): string {
  return event.petId ?? missing(event, 'pet')
}

/** A text of an event's payload. @throws Error when it is not there */
export function textOf(event: LogEvent, name: string): string {
  const value = event.payload?.[name]
  return typeof value === 'string' ? value : missing(event, name)
}

/** A number of an event's payload. @throws Error when it is not there */
export function numberOf(event: LogEvent, name: string): number {
  const value = event.payload?.[name]
  return typeof value === 'number' ? value : missing(event, name)
}

function missing(event: LogEvent, what: string): never {
  throw new Error(`${event.name} says no ${what}`)
}
