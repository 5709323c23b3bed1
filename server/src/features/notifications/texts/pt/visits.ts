import type { visits as source } from '../en/visits.ts'
import type { Translation } from '../translation.ts'

export const visits: Translation<typeof source> = {
  'visit.link': 'Ver, remarcar ou cancelar as suas visitas',
  'visit.summary': '{service} para {pet}',
  'visit.description': 'Com {provider}. Ver, remarcar ou cancelar as suas visitas: {link}',
  'booked.subject': 'Marcada: {service} para {pet}, {day}',
  'booked.heading': 'A visita de {pet} está marcada',
  'booked.body': 'Será um prazer receber a sua visita com {pet}.',
  'requested.subject': 'Solicitada: {service} para {pet}, {day}',
  'requested.heading': 'A visita de {pet} foi solicitada',
  'requested.body': 'Reservamos o horário e avisaremos assim que a visita for aprovada.',
  'approved.subject': 'Aprovada: {service} para {pet}, {day}',
  'approved.heading': 'A visita de {pet} foi aprovada',
  'approved.body': 'O horário solicitado é seu. Será um prazer receber a sua visita com {pet}.',
  'declined.subject': 'Recusada: {service} para {pet}, {day}',
  'declined.heading': 'Não podemos atender a visita de {pet}',
  'declined.body':
    'Lamentamos não poder atender esta visita. Escolha outro horário, por favor, ou ligue para nós e encontraremos um em conjunto.',
  'moved.subject': 'Remarcada: {service} para {pet}, agora {day}',
  'moved.heading': 'A visita de {pet} foi remarcada',
  'moved.body': 'O horário anterior era {previous}. Este é o novo horário.',
  'changed.subject': 'Alterada: {service} para {pet}, {day}',
  'changed.heading': 'A visita de {pet} foi alterada',
  'changed.body': 'É assim que está prevista agora.',
  'cancelled.subject': 'Cancelada: {service} para {pet}, {day}',
  'cancelled.heading': 'A visita de {pet} foi cancelada',
  'cancelled.body': 'Esta visita não acontecerá. É possível marcar outro horário quando desejar.',
  'farewell.subject': 'Sobre {count, plural, one {a visita} other {as visitas}} de {pet}',
  'farewell.heading': 'Sentimos muito por {pet}',
  'farewell.body':
    'Soubemos que {pet} faleceu e os nossos pensamentos estão com a sua família. {count, plural, one {Esta visita foi cancelada} other {Estas visitas foram canceladas}} sem custo. Não é preciso fazer nada, e não enviaremos mais lembretes.',
  'reminder.subject': 'Lembrete: {service} para {pet}, {day}',
  'reminder.heading':
    'A visita de {pet} é {days, plural, =0 {hoje} =1 {amanhã} one {daqui a # dia} other {daqui a # dias}}',
  'reminder.body':
    'Se o horário já não for conveniente, pedimos que remarque ou cancele a visita para que outro animal possa aproveitá-lo.',
  'day-list.subject': '{location}, {day}: {count, plural, one {# visita} other {# visitas}}',
  'day-list.own':
    'Hoje tem {count, plural, one {# visita} other {# visitas}} em {location}. A lista mostra a situação no momento em que foi feita.',
  'day-list.all':
    '{location} tem hoje {count, plural, one {# visita} other {# visitas}}. A lista mostra a situação no momento em que foi feita.',
  'day-list.entry': '{pet}, {service}; tutor: {owner}',
  'day-list.entry-with': '{pet}, {service}, com {provider}; tutor: {owner}',
  'day-list.more': '{count, plural, one {Mais # visita aparece} other {Mais # visitas aparecem}} no Petra.',
  'day-list.unnamed': 'desconhecido',
}
