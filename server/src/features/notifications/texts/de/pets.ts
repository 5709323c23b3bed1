import type { pets as source } from '../en/pets.ts'
import type { Translation } from '../translation.ts'

export const pets: Translation<typeof source> = {
  'right.view': 'das Profil sehen',
  'right.book': 'Termine buchen',
  'right.records': 'die Krankenakte lesen und ergänzen',
  'right.manage': 'über Profil und Halter bestimmen',
  'co-owner-invitation.subject': '{offerer} lädt Sie ein, sich mit um {pet} zu kümmern',
  'co-owner-invitation.body':
    '{offerer} möchte Sie bei Petra als Mithalter von {pet} eintragen. Das könnten Sie dann: {rights}.',
  'co-owner-invitation.link': 'Einladung beantworten',
  'pet-transfer.subject': '{offerer} möchte Ihnen {pet} übergeben',
  'pet-transfer.body':
    '{offerer} bittet Sie, {pet} bei Petra zu übernehmen. Sobald Sie annehmen, gehört {pet} Ihnen allein, mit Profil, Terminen und Krankenakte.',
  'pet-transfer.link': 'Anfrage beantworten',
  'offer.how':
    'Zum Annehmen oder Ablehnen melden Sie sich bei dem Konto an, das diese Adresse hat, {email}, oder eröffnen Sie eines. Der Link gilt 7 Tage lang und für niemanden sonst.',
  'offer.footer':
    'Sie erhalten diese Nachricht, weil {offerer} uns Ihre Adresse genannt hat. Falls Ihnen das nichts sagt, brauchen Sie nichts zu tun.',
  'co-owner-invitation-sent.subject': 'Jemand ist eingeladen, {pet} mit zu halten',
  'co-owner-invitation-sent.body':
    'Es wurde eine Einladung verschickt, {pet} mit zu halten. Falls Sie nicht einverstanden sind, ziehen Sie sie zurück oder melden Sie sich bei uns, bevor sie angenommen wird.',
  'co-owner-invitation-accepted.subject': '{owner} hält {pet} jetzt mit',
  'co-owner-invitation-accepted.body':
    '{owner} hat die Einladung angenommen. Falls Sie das nicht erwartet haben, melden Sie sich bitte bei uns.',
  'co-owner-invitation-declined.subject': 'Eine Einladung, {pet} mit zu halten, wurde abgelehnt',
  'pet-transfer-requested.subject': '{pet} soll jemand anderem übergeben werden',
  'pet-transfer-requested.body':
    'In unserem System wurde eine Übergabe von {pet} beantragt. Sobald sie angenommen wird, was in den nächsten 7 Tagen jederzeit geschehen kann, endet jede heutige Halterschaft, auch Ihre.',
  'pet-transfer-requested.advice':
    'Falls Sie nicht einverstanden sind, ziehen Sie die Übergabe sofort zurück, oder melden Sie sich bei uns.',
  'pet-transfer-accepted.subject': '{pet} gehört jetzt Ihnen',
  'pet-transfer-accepted.body':
    'Sie haben {pet} übernommen. Die gebuchten Termine bleiben bestehen, und Sie können Mithalter einladen.',
  'pet-transfer-declined.subject': 'Die Übergabe von {pet} wurde abgelehnt',
  'offer.nothing-changed': 'Es hat sich nichts geändert.',
  'managing.link': 'Ansehen, wem {pet} gehört',
  'managing.footer': 'Diese Nachricht erhalten alle, die das Tier verwalten.',
  'ownership-ended.subject': 'Sie sind nicht mehr Halter von {pet}',
  'ownership-ended.handed-over':
    'Die Übergabe von {pet} wurde angenommen, und jede bisherige Halterschaft ist beendet.',
  'ownership-ended.ended':
    'Ihre Halterschaft von {pet} wurde von jemandem beendet, der das Tier verwaltet, oder von uns in dessen Auftrag.',
  'ownership-ended.consequence':
    'Profil, Termine und Akte von {pet} sehen Sie nicht mehr. Falls Sie das nicht erwartet haben, melden Sie sich bitte bei uns.',
  'ownership-ended.link': 'Ihre Tiere ansehen',
  'ownership-ended.footer': 'Diese Nachricht erhält, wer bisher Halter des Tieres war.',
  'death-withdrawn.subject': '{pet}: unser Fehler, und wir bitten um Entschuldigung',
  'death-withdrawn.body':
    'In unseren Unterlagen stand, {pet} sei gestorben. Das war ein Fehler; er ist behoben, und wir bitten dafür um Entschuldigung.',
  'death-withdrawn.visits':
    'Termine, die deshalb abgesagt wurden, sind nicht von selbst wieder gebucht. Bitte buchen Sie sie neu, oder rufen Sie uns an, und wir finden gemeinsam eine Zeit.',
  'emergency-access.subject': 'Notfallzugriff auf die Akte von {pet}',
  'emergency-access.body':
    'Aus einer Praxis, die {pet} nicht behandelt, wurde ein Notfallzugriff auf die Akte geöffnet.',
  'emergency-access.note':
    'Der Grund wurde angegeben, und jeder Blick in die Akte wird protokolliert. Falls Sie das nicht erwartet haben, melden Sie sich bitte bei uns.',
  'emergency-access.link': 'Ansehen, wer in die Akte gesehen hat',
  'emergency-access.footer': 'Diese Nachricht erhalten alle Halter des Tieres.',
  'new-record.subject': 'In der Akte von {pet} gibt es Neues',
  'new-record.body': 'Die Krankenakte von {pet} wurde tierärztlich ergänzt. Melden Sie sich an, um sie zu lesen.',
  'new-record.link': 'Akte von {pet} öffnen',
  'new-record.footer': 'Diese Nachricht erhalten die Halter, die die Akte des Tieres lesen dürfen.',
  'vaccinations-due.subject':
    '{pet}: {count, plural, one {Eine Impfung ist bald fällig} other {# Impfungen sind bald fällig}}',
  'vaccinations-due.body':
    'Damit {pet} geschützt bleibt, buchen Sie bitte einen Termin, bevor {count, plural, one {die Impfung abläuft} other {die Impfungen ablaufen}}.',
  'vaccinations-due.until': 'gültig bis {date}',
  'vaccinations-overdue.subject':
    '{pet}: {count, plural, one {Eine Impfung ist abgelaufen} other {# Impfungen sind abgelaufen}}',
  'vaccinations-overdue.body':
    'Bitte buchen Sie einen Termin, damit {pet} wieder geschützt ist. Falls {pet} anderswo geimpft wurde, schicken Sie uns die Bescheinigung.',
  'vaccinations-overdue.since': 'abgelaufen am {date}',
  'vaccinations.link': 'Termin buchen',
  'vaccinations.footer':
    'Sie erhalten diese Nachricht, weil {pet} bei uns geimpft wird. Es ist noch kein Termin gebucht.',
  'vaccine.rabies': 'Tollwut',
  'vaccine.dap': 'Staupe, Adenovirus, Parvovirose (DAP)',
  'vaccine.leptospirosis': 'Leptospirose',
  'vaccine.bordetella': 'Zwingerhusten (Bordetella)',
  'vaccine.lyme': 'Borreliose',
  'vaccine.canine-influenza': 'Hundegrippe',
  'vaccine.fvrcp': 'Katzenschnupfen und Katzenseuche (FVRCP)',
  'vaccine.felv': 'Katzenleukose (FeLV)',
  'vaccine.other': 'Andere Impfung',
}
