import type { Addressee } from './letter.ts'
import type { MailLinks, Visit } from './visit.ts'
import { voiceFor } from './voice.ts'

/** Rex's grooming in New York, with the parts a test is about changed. */
export function testVisit(changes: Partial<Visit> = {}): Visit {
  return {
    appointmentId: '01980a6e-0c00-7000-8000-000000000007',
    sequence: 0,
    status: 'booked',
    startsAt: '2027-03-15T13:00:00Z',
    endsAt: '2027-03-15T14:30:00Z',
    timeZone: 'America/New_York',
    locationName: 'Petra Downtown',
    locationAddress: '1 Main Street\nNew York, NY 10001',
    serviceName: 'Grooming',
    providerName: 'Tomas',
    petName: 'Rex',
    ownerId: '01980a6e-0c00-7000-8000-000000000001',
    ...changes,
  }
}

/** Maya, who speaks the language of the locale. */
export async function testAddressee(locale = 'en', changes: Partial<Addressee> = {}): Promise<Addressee> {
  return {
    accountId: '01980a6e-0c00-7000-8000-000000000001',
    name: 'Maya',
    address: 'maya@example.test',
    voice: await voiceFor(locale),
    timeZone: 'UTC',
    isUndeliverable: false,
    switchedOff: [],
    quietHours: null,
    ...changes,
  }
}

export const testLinks: MailLinks = { portal: 'https://petra.example/?a=1&b=2', organizer: 'visits@petra.example' }

/** Names as nobody should have them. */
export const hostileNames = [
  'Rex\r\nBcc: eve@example.test\r\n\r\n<p>owned</p>',
  '"Rex" <eve@example.test>, Eve',
  "<script>alert(1)</script> & 'co'",
  '🐶‍🦺 Señor Žižka',
  'רקס הכלב',
  '\u202egnp.xeR\u202c\u0000\u2028Rex',
  'Rex; the, dog\\n: ^best^',
  `${'Ďáblík 🐕 '.repeat(40)}end`,
]
