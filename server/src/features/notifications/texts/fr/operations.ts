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
    'Des tâches ont plus d’une minute de retard ou ont été abandonnées : des courriels et des messages risquent de ne pas partir, ou le journal d’audit de ne pas être scellé ni surveillé.',
  'alarm-raised.advice':
    'Ce qui a été abandonné figure dans une liste et peut être relancé ; le reste se trouve dans le journal des processus.',
  'watch-raised.subject': 'Le journal d’audit demande votre attention',
  'watch-raised.many-pets-opened': 'Un compte a ouvert les dossiers de plus de 50 animaux en une heure.',
  'watch-raised.emergency-access': 'Un vétérinaire a ouvert le dossier d’un animal en urgence.',
  'watch-raised.new-country':
    'Quelqu’un s’est connecté à un compte depuis un pays d’où personne ne s’y était jamais connecté.',
  'watch-raised.refusals-in-a-row': 'Un compte s’est vu refuser l’accès au moins 20 fois de suite.',
  'watch-raised.advice':
    'Le journal d’audit montre ce qu’il a fait d’autre. Si quelque chose n’est pas normal, désactivez le compte. Pour un même compte, la même chose est signalée une fois par heure au plus.',
}
