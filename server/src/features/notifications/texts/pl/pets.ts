import type { pets as source } from '../en/pets.ts'
import type { Translation } from '../translation.ts'

export const pets: Translation<typeof source> = {
  'right.view': 'oglądanie profilu',
  'right.book': 'rezerwowanie wizyt',
  'right.records': 'czytanie i uzupełnianie dokumentacji medycznej',
  'right.manage': 'decydowanie o profilu i o opiekunach',
  'co-owner-invitation.subject': 'Zaproszenie do współopieki ({pet}), od: {offerer}',
  'co-owner-invitation.body':
    '{offerer} zaprasza Państwa do współopieki w systemie Petra. Zwierzę: {pet}. Zakres uprawnień: {rights}.',
  'co-owner-invitation.link': 'Odpowiedz na zaproszenie',
  'pet-transfer.subject': 'Prośba o przejęcie opieki ({pet}), od: {offerer}',
  'pet-transfer.body':
    '{offerer} prosi Państwa o przejęcie opieki w systemie Petra. Zwierzę: {pet}. Po przyjęciu prośby będzie należeć wyłącznie do Państwa, wraz z profilem, wizytami i dokumentacją medyczną.',
  'pet-transfer.link': 'Odpowiedz na prośbę',
  'offer.how':
    'Aby przyjąć lub odrzucić, prosimy zalogować się na konto z tym adresem, {email}, albo je założyć. Link działa przez 7 dni i dla nikogo innego.',
  'offer.footer':
    'Otrzymują Państwo tę wiadomość, ponieważ {offerer} podał(a) nam ten adres. Jeśli nic to Państwu nie mówi, nie trzeba nic robić.',
  'co-owner-invitation-sent.subject': 'Wysłano zaproszenie do współopieki: {pet}',
  'co-owner-invitation-sent.body':
    'Wysłano zaproszenie do współopieki nad zwierzęciem {pet}. Jeśli się Państwo nie zgadzają, prosimy je wycofać lub skontaktować się z nami, zanim zostanie przyjęte.',
  'co-owner-invitation-accepted.subject': '{pet} ma nowego współopiekuna: {owner}',
  'co-owner-invitation-accepted.body':
    'Zaproszenie zostało przyjęte. Nowy współopiekun: {owner}. Jeśli jest to dla Państwa niespodzianka, prosimy o kontakt.',
  'co-owner-invitation-declined.subject': 'Zaproszenie do współopieki zostało odrzucone: {pet}',
  'pet-transfer-requested.subject': '{pet} ma trafić do innego opiekuna',
  'pet-transfer-requested.body':
    'W naszym systemie złożono prośbę o przekazanie zwierzęcia {pet}. Gdy zostanie przyjęta, co może nastąpić w każdej chwili w ciągu najbliższych 7 dni, dotychczasowa opieka wszystkich osób wygaśnie, także Państwa.',
  'pet-transfer-requested.advice':
    'Jeśli się Państwo nie zgadzają, prosimy natychmiast wycofać przekazanie lub skontaktować się z nami.',
  'pet-transfer-accepted.subject': '{pet} jest teraz pod Państwa opieką',
  'pet-transfer-accepted.body':
    'Opieka została przejęta. Zwierzę: {pet}. Zarezerwowane wizyty pozostają w mocy, można też zaprosić współopiekunów.',
  'pet-transfer-declined.subject': 'Przekazanie zostało odrzucone: {pet}',
  'offer.nothing-changed': 'Nic się nie zmieniło.',
  'managing.link': 'Zobacz opiekunów: {pet}',
  'managing.footer': 'Tę wiadomość otrzymują osoby, które zarządzają profilem zwierzęcia.',
  'ownership-ended.subject': 'Nie są już Państwo opiekunem zwierzęcia {pet}',
  'ownership-ended.handed-over':
    'Przekazanie zwierzęcia {pet} zostało przyjęte, a wcześniejsza opieka wszystkich osób wygasła.',
  'ownership-ended.ended':
    'Państwa opiekę nad zwierzęciem {pet} zakończyła osoba, która nim zarządza, lub my w jej imieniu.',
  'ownership-ended.consequence':
    'Profil, wizyty i dokumentacja zwierzęcia {pet} nie są już dla Państwa widoczne. Jeśli jest to dla Państwa niespodzianka, prosimy o kontakt.',
  'ownership-ended.link': 'Zobacz swoje zwierzęta',
  'ownership-ended.footer': 'Tę wiadomość otrzymuje każdy, kto był opiekunem zwierzęcia.',
  'death-withdrawn.subject': '{pet}: nasza pomyłka, przepraszamy',
  'death-withdrawn.body':
    'W naszej kartotece widniała informacja o śmierci zwierzęcia ({pet}). To była pomyłka; jest naprawiona, i bardzo za nią przepraszamy.',
  'death-withdrawn.visits':
    'Wizyty odwołane z tego powodu nie wracają same. Prosimy zarezerwować je ponownie lub zadzwonić do nas, a znajdziemy termin wspólnie.',
  'emergency-access.subject': 'Dostęp awaryjny do dokumentacji: {pet}',
  'emergency-access.body':
    'Lekarz weterynarii, który nie prowadzi zwierzęcia {pet}, otworzył dostęp awaryjny do jego dokumentacji.',
  'emergency-access.note':
    'Lekarz podał powód, a każde zajrzenie do dokumentacji jest odnotowywane. Jeśli jest to dla Państwa niespodzianka, prosimy o kontakt.',
  'emergency-access.link': 'Zobacz, kto zaglądał do dokumentacji',
  'emergency-access.footer': 'Tę wiadomość otrzymują wszyscy opiekunowie zwierzęcia.',
  'new-record.subject': 'Nowy wpis w dokumentacji: {pet}',
  'new-record.body':
    'Lekarz weterynarii uzupełnił dokumentację medyczną zwierzęcia {pet}. Aby ją przeczytać, prosimy się zalogować.',
  'new-record.link': 'Otwórz dokumentację: {pet}',
  'new-record.footer': 'Tę wiadomość otrzymują opiekunowie, którzy mogą czytać dokumentację zwierzęcia.',
  'vaccinations-due.subject':
    '{pet}: {count, plural, one {zbliża się termin szczepienia} few {zbliża się termin # szczepień} many {zbliża się termin # szczepień} other {zbliża się termin # szczepienia}}',
  'vaccinations-due.body':
    'Aby ochrona trwała (zwierzę: {pet}), prosimy zarezerwować wizytę, zanim {count, plural, one {szczepienie straci} few {szczepienia stracą} many {szczepienia stracą} other {szczepienia stracą}} ważność.',
  'vaccinations-due.until': 'ważne do {date}',
  'vaccinations-overdue.subject':
    '{pet}: {count, plural, one {szczepienie straciło ważność} few {# szczepienia straciły ważność} many {# szczepień straciło ważność} other {# szczepienia straciło ważność}}',
  'vaccinations-overdue.body':
    'Prosimy zarezerwować wizytę, aby przywrócić ochronę (zwierzę: {pet}). Jeśli szczepienie odbyło się gdzie indziej, prosimy przesłać nam zaświadczenie.',
  'vaccinations-overdue.since': 'straciło ważność {date}',
  'vaccinations.link': 'Zarezerwuj wizytę',
  'vaccinations.footer':
    'Wysyłamy tę wiadomość, ponieważ {pet} ma u nas szczepienia. Nie ma jeszcze zarezerwowanej wizyty.',
  'vaccine.rabies': 'Wścieklizna',
  'vaccine.dap': 'Nosówka, adenowirus, parwowiroza (DAP)',
  'vaccine.leptospirosis': 'Leptospiroza',
  'vaccine.bordetella': 'Kaszel kenelowy (Bordetella)',
  'vaccine.lyme': 'Borelioza',
  'vaccine.canine-influenza': 'Grypa psów',
  'vaccine.fvrcp': 'Koci katar i panleukopenia (FVRCP)',
  'vaccine.felv': 'Białaczka kotów (FeLV)',
  'vaccine.other': 'Inne szczepienie',
}
