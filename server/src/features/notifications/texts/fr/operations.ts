import type { operations as source } from '../en/operations.ts'
import type { Translation } from '../translation.ts'

export const operations: Translation<typeof source> = {
  'footer.operations': 'Vous recevez ce message parce que vous administrez Petra.',
  'webhook-disabled.subject': 'Une destination a été désactivée',
  'webhook-disabled.body':
    'Petra n’envoie plus rien à l’une de vos destinations de webhooks : elle ne veut plus de messages, ou rien n’est arrivé depuis cinq jours.',
  'webhook-disabled.advice': 'Quand elle fonctionnera de nouveau, activez-la et renvoyez ce qu’elle a manqué.',
  'alarm-raised.subject': 'Petra a besoin de vous',
  'alarm-raised.body':
    'Des tâches ont plus d’une minute de retard ou ont été abandonnées : des courriels et des messages risquent de ne pas partir.',
  'alarm-raised.advice':
    'Ce qui a été abandonné figure dans une liste et peut être relancé ; le reste se trouve dans le journal des processus.',
}
