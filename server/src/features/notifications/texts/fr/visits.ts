import type { visits as source } from '../en/visits.ts'
import type { Translation } from '../translation.ts'

export const visits: Translation<typeof source> = {
  'visit.link': 'Voir, déplacer ou annuler vos visites',
  'visit.summary': '{service} pour {pet}',
  'visit.description': 'Avec {provider}. Voir, déplacer ou annuler vos visites : {link}',
  'booked.subject': 'Réservé : {service} pour {pet}, {day}',
  'booked.heading': 'La visite de {pet} est réservée',
  'booked.body': 'Nous nous réjouissons de vous accueillir avec {pet}.',
  'requested.subject': 'Demandé : {service} pour {pet}, {day}',
  'requested.heading': 'La visite de {pet} est demandée',
  'requested.body': 'Nous vous gardons cet horaire et vous préviendrons dès que la visite sera acceptée.',
  'approved.subject': 'Accepté : {service} pour {pet}, {day}',
  'approved.heading': 'La visite de {pet} est acceptée',
  'approved.body': 'L’horaire que vous avez demandé est à vous. Nous nous réjouissons de vous accueillir avec {pet}.',
  'declined.subject': 'Refusé : {service} pour {pet}, {day}',
  'declined.heading': 'Nous ne pouvons pas assurer la visite de {pet}',
  'declined.body':
    'Nous regrettons de ne pas pouvoir assurer cette visite. Choisissez un autre horaire, ou appelez-nous et nous en trouverons un ensemble.',
  'moved.subject': 'Déplacé : {service} pour {pet}, désormais {day}',
  'moved.heading': 'La visite de {pet} a été déplacée',
  'moved.body': 'Elle était prévue le {previous}. Voici le nouvel horaire.',
  'changed.subject': 'Modifié : {service} pour {pet}, {day}',
  'changed.heading': 'La visite de {pet} a été modifiée',
  'changed.body': 'Voici ce qui est prévu désormais.',
  'cancelled.subject': 'Annulé : {service} pour {pet}, {day}',
  'cancelled.heading': 'La visite de {pet} est annulée',
  'cancelled.body': 'Cette visite n’aura pas lieu. Vous pouvez en réserver une autre quand vous le souhaitez.',
  'farewell.subject': 'À propos {count, plural, one {de la visite} other {des visites}} de {pet}',
  'farewell.heading': 'Nous sommes désolés pour {pet}',
  'farewell.body':
    'Nous avons appris le décès de {pet} et nos pensées vous accompagnent. {count, plural, one {Cette visite est annulée} other {Ces visites sont annulées}} sans frais. Vous n’avez rien à faire, et nous n’enverrons plus de rappels.',
  'reminder.subject': 'Rappel : {service} pour {pet}, {day}',
  'reminder.heading':
    'La visite de {pet} a lieu {days, plural, =0 {aujourd’hui} =1 {demain} one {dans # jour} other {dans # jours}}',
  'reminder.body':
    'Si l’horaire ne vous convient plus, merci de déplacer ou d’annuler la visite afin qu’un autre animal puisse en profiter.',
  'day-list.subject': '{location}, {day} : {count, plural, one {# visite} other {# visites}}',
  'day-list.own':
    'Vous avez {count, plural, one {# visite} other {# visites}} à {location} aujourd’hui. La liste reflète la situation au moment où elle a été établie.',
  'day-list.all':
    '{location} accueille aujourd’hui {count, plural, one {# visite} other {# visites}}. La liste reflète la situation au moment où elle a été établie.',
  'day-list.entry': '{pet}, {service} ; propriétaire : {owner}',
  'day-list.entry-with': '{pet}, {service}, avec {provider} ; propriétaire : {owner}',
  'day-list.more':
    '{count, plural, one {# autre visite est affichée} other {# autres visites sont affichées}} dans Petra.',
  'day-list.unnamed': 'inconnu',
}
