import type { account as source } from '../en/account.ts'
import type { Translation } from '../translation.ts'

export const account: Translation<typeof source> = {
  'email-verification.subject': 'Prosimy potwierdzić adres e-mail',
  'email-verification.body':
    'Prosimy potwierdzić, że to Państwa adres: wystarczy otworzyć link albo wpisać kod tam, gdzie prosi o niego Petra. Link i kod działają jeden raz, przez 10 minut.',
  'email-verification.link': 'Potwierdź mój adres',
  'email-change-link.subject': 'Prosimy potwierdzić nowy adres e-mail',
  'email-change-link.body':
    'Ten adres podano dla konta w systemie Petra. Aby używać go od tej chwili, prosimy otworzyć link; działa on jeden raz, przez 30 minut.',
  'email-change-link.link': 'Użyj tego adresu',
  'challenge.ignore': 'Jeśli to nie Państwa prośba, nie trzeba nic robić.',
  'password-reset.subject': 'Ustawienie nowego hasła',
  'password-reset.body':
    'Ktoś, mamy nadzieję, że Państwo, poprosił o nowe hasło. Prosimy otworzyć link albo wpisać kod tam, gdzie prosi o niego Petra. Link i kod działają jeden raz, przez 10 minut.',
  'password-reset.ignore': 'Jeśli to nie Państwa prośba, nie trzeba nic robić: hasło pozostaje bez zmian.',
  'password-reset.link': 'Ustaw nowe hasło',
  'password-changed.subject': 'Hasło zostało zmienione',
  'password-changed.body': 'Hasło do Państwa konta zostało zmienione, a inne urządzenia zostały wylogowane.',
  'password-changed.advice': 'Jeśli to nie Państwo, prosimy natychmiast poprosić o nowe hasło i nas o tym powiadomić.',
  'registration-attempted.subject': 'Mają już Państwo konto',
  'registration-attempted.body':
    'Ktoś próbował założyć konto z tym adresem. Mają już Państwo konto i nic się w nim nie zmieniło.',
  'registration-attempted.advice':
    'Jeśli to Państwo, prosimy się zalogować albo poprosić o nowe hasło. Jeśli nie, nie trzeba nic robić.',
  'email-changed.subject': 'Adres e-mail został zmieniony',
  'email-changed.left':
    'Państwa konto ma teraz inny adres e-mail; na ten adres nie będą już przychodzić wiadomości na jego temat.',
  'email-changed.taken': 'To jest teraz adres e-mail Państwa konta: od tej chwili służy on do logowania.',
  'email-changed.advice': 'Jeśli to nie Państwo, prosimy nas natychmiast powiadomić.',
  'account-invitation.subject': 'Konto czeka na Państwa',
  'account-invitation.body': 'Założyliśmy dla Państwa konto. Wystarczy wybrać hasło, aby z niego korzystać.',
  'account-invitation.note':
    'Link działa jeden raz. Jeśli nie wiedzą Państwo, skąd ta wiadomość, nie trzeba nic robić.',
  'account-invitation.link': 'Wybierz hasło',
  'account-invitation.footer': 'Ten link jest przeznaczony tylko dla Państwa: prosimy go nikomu nie przekazywać.',
  'export-ready.subject': 'Państwa dane są gotowe',
  'export-ready.body':
    'Poprosili Państwo o wszystko, co przechowujemy na Państwa temat. Aby to pobrać, prosimy się zalogować.',
  'export-ready.link': 'Pobierz swoje dane',
  'export-ready.footer':
    'Jeśli to nie Państwa prośba, być może ktoś inny jest zalogowany na Państwa konto: prosimy zmienić hasło.',
  'erasure-requested.subject': 'Konto zostanie usunięte',
  'erasure-requested.body':
    'Poprosili nas Państwo o usunięcie konta. Do tego czasu wszystko pozostaje bez zmian i można je zachować: wystarczy się zalogować i wycofać prośbę.',
  'erasure-requested.warning':
    'Potem nie da się tego cofnąć. Zwierzęta, którymi nikt inny nie zarządza, trafią do archiwum, a ich wizyty zostaną odwołane: jeśli opiekuje się nimi ktoś inny, prosimy je wcześniej przekazać.',
  'erasure-requested.link': 'Zaloguj się, aby zachować konto',
  'erasure-requested.footer': 'Jeśli to nie Państwa prośba, prosimy się zalogować, wycofać ją i zmienić hasło.',
  'new-sign-in.subject': 'Logowanie z nowego urządzenia',
  'new-sign-in.body': 'Ktoś zalogował się na Państwa konto z urządzenia, którego dotąd nie znaliśmy.',
  'new-sign-in.advice':
    'Jeśli to Państwo, nie trzeba nic robić. Jeśli nie, prosimy zmienić hasło: urządzenie zostanie wtedy wylogowane.',
  'new-sign-in.unknown-device': 'nieznane',
  'token-created.subject': 'Utworzono token dostępu do konta',
  'token-created.body':
    'Program, który ma ten token, może robić w Państwa imieniu to, na co token pozwala. Tokeny są widoczne na koncie i tam można je unieważnić.',
  'token-created.advice': 'Jeśli to nie Państwo, prosimy unieważnić token, zmienić hasło i nas powiadomić.',
  'session-replayed.subject': 'Wylogowaliśmy jedno z urządzeń',
  'session-replayed.body':
    'Jedno z Państwa urządzeń zostało wylogowane, ponieważ jego sesji użyto z dwóch miejsc. Może to być niegroźne, a może znaczyć, że ktoś ją skopiował.',
  'session-replayed.advice': 'Prosimy zalogować się ponownie. Jeśli coś Państwa niepokoi, prosimy zmienić hasło.',
}
