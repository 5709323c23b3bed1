import type { frame as source } from '../en/frame.ts'
import type { Translation } from '../translation.ts'

export const frame: Translation<typeof source> = {
  greeting: 'Dzień dobry, {name}!',
  'greeting.nameless': 'Dzień dobry!',
  'label.line': '{label}:',
  'label.when': 'Kiedy',
  'label.pet': 'Zwierzę',
  'label.service': 'Usługa',
  'label.with': 'Prowadzi',
  'label.where': 'Gdzie',
  'label.vet': 'Lekarz weterynarii',
  'label.ends': 'Koniec',
  'label.code': 'Kod',
  'label.device': 'Urządzenie',
  'label.account': 'Konto',
  'label.link-ends': 'Link ważny do',
  'label.kept-until': 'Dostępne do',
  'label.deleted-on': 'Usunięcie',
  'link.portal': 'Otwórz Petrę',
  'footer.security': 'Ta wiadomość dotyczy bezpieczeństwa Państwa konta.',
  'unsubscribe.link': 'Nie chcę otrzymywać takich wiadomości',
  'unsubscribe.title': 'Rezygnacja z wiadomości',
  'unsubscribe.question': 'Czy chcą Państwo zrezygnować z wiadomości na ten temat: {kind}?',
  'unsubscribe.button': 'Nie wysyłajcie mi ich więcej',
  'unsubscribe.done':
    'Nie będziemy już wysyłać wiadomości na ten temat: {kind}. W każdej chwili można to zmienić na swoim koncie.',
  'unsubscribe.rejected': 'Ten link jest nieprawidłowy. Na swoim koncie można wybrać, jakie wiadomości wysyłamy.',
  'kind.vaccinations': 'zbliżające się szczepienia',
  'kind.new-records': 'nowe wpisy w dokumentacji medycznej',
  'kind.day-list': 'lista wizyt na dany dzień',
}
