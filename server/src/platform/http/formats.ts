import type { Ajv2020 } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'

const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default

/** Teaches a checker the contract's formats. */
export function addContractFormats(ajv: Ajv2020): void {
  addFormats(ajv, ['email'])
  for (const [name, format] of Object.entries(checks)) ajv.addFormat(name, format)
}

/** What a format asks for, to follow "must be". */
export const formatMeanings: Record<string, string> = {
  'storable-text': 'text that is not blank, without NUL characters or lone surrogates',
  'local-date-time': 'a local date-time like 2027-03-15T09:00',
  'instant-or-local': 'an instant like 2027-03-15T09:00:00-04:00 or a local date-time like 2027-03-15T09:00',
  'time-zone': 'an IANA time zone like America/New_York',
  'wall-time': 'a wall-clock time from 00:00 to 24:00',
  microchip: 'an ISO 11784 microchip number of 15 digits',
  uuid: 'a UUID',
  date: 'a date like 2027-03-15, from 1900 to 2999',
  'date-time': 'an RFC 3339 instant like 2027-03-15T13:00:00Z',
  email: 'an e-mail address',
}

const checks: Record<string, RegExp | ((text: string) => boolean)> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  date: isDate,
  'date-time': isInstant,
  'local-date-time': isLocal,
  'instant-or-local': (text) => isLocal(text) || isInstant(text),
  'storable-text': (text) => text.isWellFormed() && !text.includes('\0') && text.trim() !== '',
  'time-zone': isTimeZone,
  'wall-time': /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/,
  microchip: isMicrochip,
}

/** The years 1900 to 2999: what lies outside is a slip, and PostgreSQL knows no year 0 and JavaScript none past 275760. */
const YEAR = '(?:19|2\\d)\\d\\d'
const DATE = new RegExp(`^${YEAR}-\\d\\d-\\d\\d$`)
const LOCAL = new RegExp(`^${YEAR}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?$`)
const INSTANT = new RegExp(
  `^${YEAR}-\\d\\d-\\d\\dT(?:[01]\\d|2[0-3]):\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)$`,
  'i',
)

/** A date that the calendar has, in the years 1900 to 2999. */
export function isDate(text: string): boolean {
  return DATE.test(text) && parses(() => Temporal.PlainDate.from(text, { overflow: 'reject' }))
}

function isLocal(text: string): boolean {
  return LOCAL.test(text) && parses(() => Temporal.PlainDateTime.from(text, { overflow: 'reject' }))
}

/** An RFC 3339 instant that there is, in the years 1900 to 2999. */
export function isInstant(text: string): boolean {
  return INSTANT.test(text) && parses(() => Temporal.Instant.from(text))
}

function isTimeZone(text: string): boolean {
  return /^[A-Za-z]/.test(text) && parses(() => new Intl.DateTimeFormat('en', { timeZone: text }))
}

/** ISO 11784: three digits of country (001–899) or manufacturer (900–998), then the national id of at most 38 bits. */
function isMicrochip(text: string): boolean {
  if (!/^\d{15}$/.test(text)) return false
  const issuer = Number(text.slice(0, 3))
  return issuer >= 1 && issuer <= 998 && Number(text.slice(3)) <= 274_877_906_943
}

function parses(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}
