import type { operations as source } from '../en/operations.ts'
import type { Translation } from '../translation.ts'

export const operations: Translation<typeof source> = {
  'footer.operations': 'Sie erhalten diese Nachricht, weil Sie Petra verwalten.',
  'webhook-disabled.subject': 'Ein Endpunkt wurde abgeschaltet',
  'webhook-disabled.body':
    'Petra sendet nichts mehr an einen Ihrer Webhook-Endpunkte: Er will keine Nachrichten mehr, oder seit fünf Tagen kam nichts an.',
  'webhook-disabled.advice': 'Wenn er wieder läuft, schalten Sie ihn ein und lassen Sie senden, was er verpasst hat.',
  'alarm-raised.subject': 'Petra braucht einen Blick',
  'alarm-raised.body':
    'Aufgaben sind über eine Minute im Rückstand oder wurden aufgegeben: Mails und Nachrichten gehen womöglich nicht hinaus, oder das Prüfprotokoll wird nicht versiegelt oder überwacht.',
  'alarm-raised.advice':
    'Was aufgegeben wurde, ist aufgelistet und lässt sich wiederholen; das Übrige steht im Protokoll der Prozesse.',
  'watch-raised.subject': 'Das Prüfprotokoll braucht einen Blick',
  'watch-raised.many-pets-opened': 'Ein Konto hat innerhalb einer Stunde die Akten von mehr als 50 Tieren geöffnet.',
  'watch-raised.emergency-access': 'Eine Tierärztin oder ein Tierarzt hat im Notfall die Akte eines Tieres geöffnet.',
  'watch-raised.new-country':
    'Bei einem Konto hat sich jemand aus einem Land angemeldet, aus dem das noch nie geschehen ist.',
  'watch-raised.refusals-in-a-row': 'Ein Konto wurde mindestens 20-mal hintereinander abgewiesen.',
  'watch-raised.advice':
    'Das Prüfprotokoll zeigt, was es sonst noch getan hat. Wenn daran etwas nicht stimmt, sperren Sie das Konto. Dasselbe wird vom selben Konto höchstens einmal in der Stunde gemeldet.',
}
