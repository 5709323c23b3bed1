import type { operations as source } from '../en/operations.ts'
import type { Translation } from '../translation.ts'

export const operations: Translation<typeof source> = {
  'footer.operations': 'Otrzymują Państwo tę wiadomość, ponieważ administrują Państwo Petrą.',
  'webhook-disabled.subject': 'Wyłączono punkt odbioru',
  'webhook-disabled.body':
    'Petra nie wysyła już niczego do jednego z Państwa punktów odbioru webhooków: nie chce on więcej wiadomości albo od pięciu dni nic do niego nie dotarło.',
  'webhook-disabled.advice': 'Gdy znów zadziała, prosimy go włączyć i wysłać ponownie to, co go ominęło.',
  'alarm-raised.subject': 'Petra wymaga uwagi',
  'alarm-raised.body':
    'Zadania są spóźnione o ponad minutę albo zostały porzucone: e-maile i wiadomości mogą nie wychodzić albo dziennik audytu może nie być pieczętowany ani obserwowany.',
  'alarm-raised.advice':
    'To, co porzucono, znajduje się na liście i można to powtórzyć; reszta jest w dzienniku procesów.',
  'watch-raised.subject': 'Dziennik audytu wymaga uwagi',
  'watch-raised.many-pets-opened': 'Z jednego konta otwarto w ciągu godziny dokumentację ponad 50 zwierząt.',
  'watch-raised.emergency-access': 'Weterynarz otworzył dokumentację zwierzęcia w nagłym wypadku.',
  'watch-raised.new-country': 'Na konto zalogowano się z kraju, z którego nigdy wcześniej się nie logowano.',
  'watch-raised.refusals-in-a-row': 'Jednemu kontu odmówiono dostępu co najmniej 20 razy z rzędu.',
  'watch-raised.advice':
    'Dziennik audytu pokazuje, co jeszcze z niego zrobiono. Jeśli coś się nie zgadza, prosimy wyłączyć konto. O tym samym na tym samym koncie informujemy najwyżej raz na godzinę.',
}
