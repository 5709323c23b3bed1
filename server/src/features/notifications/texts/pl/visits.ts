import type { visits as source } from '../en/visits.ts'
import type { Translation } from '../translation.ts'

export const visits: Translation<typeof source> = {
  'visit.link': 'Zobacz, przełóż lub odwołaj wizyty',
  'visit.summary': '{service}: {pet}',
  'visit.description': 'Prowadzi: {provider}. Zobacz, przełóż lub odwołaj wizyty: {link}',
  'booked.subject': 'Zarezerwowano: {service}, {pet}, {day}',
  'booked.heading': 'Wizyta zarezerwowana: {pet}',
  'booked.body': 'Czekamy na Państwa wizytę ({pet}). Do zobaczenia!',
  'requested.subject': 'Prośba o wizytę: {service}, {pet}, {day}',
  'requested.heading': 'Prośba o wizytę przyjęta: {pet}',
  'requested.body': 'Zachowaliśmy dla Państwa ten termin i damy znać, gdy tylko wizyta zostanie zatwierdzona.',
  'approved.subject': 'Zatwierdzono: {service}, {pet}, {day}',
  'approved.heading': 'Wizyta zatwierdzona: {pet}',
  'approved.body': 'Wybrany termin należy do Państwa. Czekamy na wizytę ({pet}). Do zobaczenia!',
  'declined.subject': 'Odmowa: {service}, {pet}, {day}',
  'declined.heading': 'Nie możemy przyjąć wizyty: {pet}',
  'declined.body':
    'Przykro nam, że nie możemy przyjąć tej wizyty. Prosimy wybrać inny termin lub zadzwonić do nas, a znajdziemy go wspólnie.',
  'moved.subject': 'Zmiana terminu: {service}, {pet}, teraz {day}',
  'moved.heading': 'Wizyta przełożona: {pet}',
  'moved.body': 'Poprzedni termin: {previous}. Nowy termin podajemy poniżej.',
  'changed.subject': 'Zmiana: {service}, {pet}, {day}',
  'changed.heading': 'Wizyta zmieniona: {pet}',
  'changed.body': 'Oto aktualny plan wizyty.',
  'cancelled.subject': 'Odwołano: {service}, {pet}, {day}',
  'cancelled.heading': 'Wizyta odwołana: {pet}',
  'cancelled.body': 'Ta wizyta się nie odbędzie. W każdej chwili można zarezerwować inny termin.',
  'farewell.subject': 'W sprawie {count, plural, one {wizyty} few {wizyt} many {wizyt} other {wizyt}}: {pet}',
  'farewell.heading': 'Bardzo nam przykro: {pet}',
  'farewell.body':
    'Dotarła do nas wiadomość o śmierci zwierzęcia ({pet}). Łączymy się z Państwem w smutku. {count, plural, one {Wizyta jest odwołana} few {Wizyty są odwołane} many {Wizyty są odwołane} other {Wizyty są odwołane}} bez żadnych opłat. Nie trzeba nic robić, a przypomnień nie będziemy już wysyłać.',
  'reminder.subject': 'Przypomnienie: {service}, {pet}, {day}',
  'reminder.heading':
    '{pet}: wizyta {days, plural, =0 {dzisiaj} =1 {jutro} one {za # dzień} few {za # dni} many {za # dni} other {za # dnia}}',
  'reminder.body':
    'Jeśli termin już Państwu nie odpowiada, prosimy przełożyć lub odwołać wizytę, aby mogło z niego skorzystać inne zwierzę.',
  'day-list.subject':
    '{location}, {day}: {count, plural, one {# wizyta} few {# wizyty} many {# wizyt} other {# wizyty}}',
  'day-list.own':
    '{count, plural, one {Mają Państwo dziś # wizytę} few {Mają Państwo dziś # wizyty} many {Mają Państwo dziś # wizyt} other {Mają Państwo dziś # wizyty}}, miejsce: {location}. Lista pokazuje stan z chwili jej utworzenia.',
  'day-list.all':
    '{location}: dziś {count, plural, one {# wizyta} few {# wizyty} many {# wizyt} other {# wizyty}}. Lista pokazuje stan z chwili jej utworzenia.',
  'day-list.entry': '{pet}, {service}; opiekun: {owner}',
  'day-list.entry-with': '{pet}, {service}, prowadzi {provider}; opiekun: {owner}',
  'day-list.more':
    '{count, plural, one {Jeszcze # wizytę} few {Jeszcze # wizyty} many {Jeszcze # wizyt} other {Jeszcze # wizyty}} pokazuje Petra.',
  'day-list.unnamed': 'nieznany',
}
