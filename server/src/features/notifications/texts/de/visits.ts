import type { visits as source } from '../en/visits.ts'
import type { Translation } from '../translation.ts'

export const visits: Translation<typeof source> = {
  'visit.link': 'Termine ansehen, verschieben oder absagen',
  'visit.summary': '{service} für {pet}',
  'visit.description': 'Bei {provider}. Termine ansehen, verschieben oder absagen: {link}',
  'booked.subject': 'Gebucht: {service} für {pet}, {day}',
  'booked.heading': 'Der Termin für {pet} ist gebucht',
  'booked.body': 'Wir freuen uns auf Sie und {pet}.',
  'requested.subject': 'Angefragt: {service} für {pet}, {day}',
  'requested.heading': 'Der Termin für {pet} ist angefragt',
  'requested.body': 'Wir halten Ihnen die Zeit frei und melden uns, sobald der Termin bestätigt ist.',
  'approved.subject': 'Bestätigt: {service} für {pet}, {day}',
  'approved.heading': 'Der Termin für {pet} ist bestätigt',
  'approved.body': 'Die gewünschte Zeit gehört Ihnen. Wir freuen uns auf Sie und {pet}.',
  'declined.subject': 'Abgelehnt: {service} für {pet}, {day}',
  'declined.heading': 'Wir können den Termin für {pet} nicht annehmen',
  'declined.body':
    'Es tut uns leid, dass wir diesen Termin nicht annehmen können. Bitte wählen Sie eine andere Zeit, oder rufen Sie uns an: Gemeinsam finden wir eine.',
  'moved.subject': 'Verschoben: {service} für {pet}, jetzt {day}',
  'moved.heading': 'Der Termin für {pet} wurde verschoben',
  'moved.body': 'Bisher: {previous}. Unten steht die neue Zeit.',
  'changed.subject': 'Geändert: {service} für {pet}, {day}',
  'changed.heading': 'Der Termin für {pet} wurde geändert',
  'changed.body': 'So ist er jetzt geplant.',
  'cancelled.subject': 'Abgesagt: {service} für {pet}, {day}',
  'cancelled.heading': 'Der Termin für {pet} ist abgesagt',
  'cancelled.body': 'Dieser Termin findet nicht statt. Sie können jederzeit einen neuen buchen.',
  'farewell.subject': '{count, plural, one {Zum Termin} other {Zu den Terminen}} von {pet}',
  'farewell.heading': 'Es tut uns leid um {pet}',
  'farewell.body':
    'Wir haben gehört, dass {pet} gestorben ist, und sind in Gedanken bei Ihnen. {count, plural, one {Dieser Termin ist} other {Diese Termine sind}} kostenlos abgesagt. Sie müssen nichts tun, und Erinnerungen schicken wir keine mehr.',
  'reminder.subject': 'Erinnerung: {service} für {pet}, {day}',
  'reminder.heading':
    'Der Termin für {pet} ist {days, plural, =0 {heute} =1 {morgen} one {in # Tag} other {in # Tagen}}',
  'reminder.body':
    'Falls Ihnen die Zeit nicht mehr passt, verschieben Sie den Termin bitte oder sagen Sie ihn ab, damit ein anderes Tier ihn bekommen kann.',
  'day-list.subject': '{location}, {day}: {count, plural, one {# Termin} other {# Termine}}',
  'day-list.own':
    'Sie haben heute {count, plural, one {# Termin} other {# Termine}} in {location}. Die Liste zeigt den Stand, zu dem sie geschrieben wurde.',
  'day-list.all':
    'In {location} gibt es heute {count, plural, one {# Termin} other {# Termine}}. Die Liste zeigt den Stand, zu dem sie geschrieben wurde.',
  'day-list.entry': '{pet}, {service}; Halter: {owner}',
  'day-list.entry-with': '{pet}, {service}, bei {provider}; Halter: {owner}',
  'day-list.more': '{count, plural, one {# weiterer Termin steht} other {# weitere Termine stehen}} in Petra.',
  'day-list.unnamed': 'nicht bekannt',
}
