import type { frame as source } from '../en/frame.ts'
import type { Translation } from '../translation.ts'

export const frame: Translation<typeof source> = {
  greeting: 'Guten Tag {name}!',
  'greeting.nameless': 'Guten Tag!',
  'label.line': '{label}:',
  'label.when': 'Wann',
  'label.pet': 'Tier',
  'label.service': 'Leistung',
  'label.with': 'Bei',
  'label.where': 'Wo',
  'label.vet': 'Tierärztlich durch',
  'label.ends': 'Endet',
  'label.code': 'Code',
  'label.device': 'Gerät',
  'label.account': 'Konto',
  'label.link-ends': 'Link gültig bis',
  'label.kept-until': 'Verfügbar bis',
  'label.deleted-on': 'Löschung am',
  'link.portal': 'Petra öffnen',
  'footer.security': 'In dieser Nachricht geht es um die Sicherheit Ihres Kontos.',
  'unsubscribe.link': 'Solche Nachrichten nicht mehr erhalten',
  'unsubscribe.title': 'Diese Nachrichten abbestellen',
  'unsubscribe.question': 'Möchten Sie zu diesem Thema keine Nachrichten mehr erhalten: {kind}?',
  'unsubscribe.button': 'Keine weiteren senden',
  'unsubscribe.done':
    'Sie erhalten zu diesem Thema keine Nachrichten mehr: {kind}. In Ihrem Konto können Sie das jederzeit ändern.',
  'unsubscribe.rejected':
    'Dieser Link ist nicht gültig. In Ihrem Konto können Sie festlegen, welche Nachrichten Sie erhalten.',
  'kind.vaccinations': 'fällige Impfungen',
  'kind.new-records': 'neue Einträge in Krankenakten',
  'kind.day-list': 'die Terminliste des Tages',
}
