import type { account as source } from '../en/account.ts'
import type { Translation } from '../translation.ts'

export const account: Translation<typeof source> = {
  'email-verification.subject': 'Bestätigen Sie Ihre E-Mail-Adresse',
  'email-verification.body':
    'Bitte bestätigen Sie, dass dies Ihre Adresse ist: Öffnen Sie den Link, oder geben Sie den Code dort ein, wo Petra danach fragt. Beides gilt einmal und 10 Minuten lang.',
  'email-verification.link': 'Meine Adresse bestätigen',
  'email-change-link.subject': 'Bestätigen Sie Ihre neue E-Mail-Adresse',
  'email-change-link.body':
    'Diese Adresse wurde für ein Petra-Konto angegeben. Öffnen Sie den Link, um sie ab jetzt zu verwenden; er gilt einmal und 30 Minuten lang.',
  'email-change-link.link': 'Diese Adresse verwenden',
  'challenge.ignore': 'Falls Sie das nicht angefordert haben, brauchen Sie nichts zu tun.',
  'password-reset.subject': 'Legen Sie ein neues Passwort fest',
  'password-reset.body':
    'Jemand, hoffentlich Sie selbst, hat ein neues Passwort angefordert. Öffnen Sie den Link, oder geben Sie den Code dort ein, wo Petra danach fragt. Beides gilt einmal und 10 Minuten lang.',
  'password-reset.ignore': 'Falls Sie es nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.',
  'password-reset.link': 'Neues Passwort festlegen',
  'password-changed.subject': 'Ihr Passwort wurde geändert',
  'password-changed.body': 'Das Passwort Ihres Kontos wurde geändert, und andere Geräte wurden abgemeldet.',
  'password-changed.advice':
    'Falls Sie es nicht waren, fordern Sie sofort ein neues Passwort an und geben Sie uns Bescheid.',
  'registration-attempted.subject': 'Sie haben bereits ein Konto',
  'registration-attempted.body':
    'Jemand hat versucht, mit dieser Adresse ein Konto zu eröffnen. Sie haben bereits eines, und daran hat sich nichts geändert.',
  'registration-attempted.advice':
    'Falls Sie es waren, melden Sie sich an oder fordern Sie ein neues Passwort an. Falls nicht, brauchen Sie nichts zu tun.',
  'email-changed.subject': 'Ihre E-Mail-Adresse wurde geändert',
  'email-changed.left':
    'Ihr Konto hat jetzt eine andere E-Mail-Adresse; an diese hier gehen keine Nachrichten mehr dazu.',
  'email-changed.taken': 'Dies ist jetzt die E-Mail-Adresse Ihres Kontos: Melden Sie sich ab sofort mit ihr an.',
  'email-changed.advice': 'Falls Sie es nicht waren, geben Sie uns bitte sofort Bescheid.',
  'account-invitation.subject': 'Ihr Konto wartet auf Sie',
  'account-invitation.body': 'Wir haben ein Konto für Sie eröffnet. Wählen Sie ein Passwort, und es gehört Ihnen.',
  'account-invitation.note':
    'Der Link gilt einmal. Falls Sie nicht wissen, warum Sie diese Nachricht erhalten, brauchen Sie nichts zu tun.',
  'account-invitation.link': 'Passwort wählen',
  'account-invitation.footer': 'Dieser Link ist nur für Sie bestimmt: Bitte geben Sie ihn nicht weiter.',
  'export-ready.subject': 'Ihre Daten liegen bereit',
  'export-ready.body':
    'Sie haben alles angefordert, was wir über Sie speichern. Melden Sie sich an, um es herunterzuladen.',
  'export-ready.link': 'Ihre Daten herunterladen',
  'export-ready.footer':
    'Falls Sie das nicht waren, ist vielleicht jemand anders mit Ihrem Konto angemeldet: Ändern Sie Ihr Passwort.',
  'erasure-requested.subject': 'Ihr Konto wird gelöscht',
  'erasure-requested.body':
    'Sie haben uns gebeten, Ihr Konto zu löschen. Bis dahin bleibt alles, wie es ist, und Sie können es behalten: Melden Sie sich an und ziehen Sie die Löschung zurück.',
  'erasure-requested.warning':
    'Danach lässt es sich nicht mehr rückgängig machen. Tiere, die niemand sonst verwaltet, werden archiviert und ihre Termine abgesagt: Falls sich jemand anders um sie kümmert, übertragen Sie sie vorher.',
  'erasure-requested.link': 'Anmelden und Konto behalten',
  'erasure-requested.footer':
    'Falls Sie das nicht waren, melden Sie sich an, ziehen Sie die Löschung zurück und ändern Sie Ihr Passwort.',
  'new-sign-in.subject': 'Anmeldung mit einem neuen Gerät',
  'new-sign-in.body': 'Jemand hat sich mit einem Gerät, das wir noch nicht kannten, bei Ihrem Konto angemeldet.',
  'new-sign-in.advice':
    'Falls Sie es waren, brauchen Sie nichts zu tun. Falls nicht, ändern Sie Ihr Passwort: Das meldet das Gerät ab.',
  'new-sign-in.unknown-device': 'unbekannt',
  'token-created.subject': 'Für Ihr Konto wurde ein Zugriffstoken erstellt',
  'token-created.body':
    'Ein Programm, das dieses Token hat, kann in Ihrem Namen tun, was das Token erlaubt. In Ihrem Konto sehen Sie Ihre Token und können sie widerrufen.',
  'token-created.advice':
    'Falls Sie es nicht waren, widerrufen Sie das Token, ändern Sie Ihr Passwort und geben Sie uns Bescheid.',
  'session-replayed.subject': 'Wir haben ein Gerät abgemeldet',
  'session-replayed.body':
    'Eines Ihrer Geräte wurde abgemeldet, weil seine Anmeldung von zwei Orten aus benutzt wurde. Das kann harmlos sein, oder es bedeutet, dass jemand sie kopiert hat.',
  'session-replayed.advice':
    'Bitte melden Sie sich neu an. Falls Ihnen etwas merkwürdig vorkommt, ändern Sie Ihr Passwort.',
}
