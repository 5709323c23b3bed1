import type { visits as source } from '../en/visits.ts'
import type { Translation } from '../translation.ts'

export const visits: Translation<typeof source> = {
  'visit.link': 'Ver, cambiar o cancelar sus visitas',
  'visit.summary': '{service} para {pet}',
  'visit.description': 'Con {provider}. Ver, cambiar o cancelar sus visitas: {link}',
  'booked.subject': 'Reservada: {service} para {pet}, {day}',
  'booked.heading': 'La visita de {pet} está reservada',
  'booked.body': 'Les esperamos con mucho gusto a usted y a {pet}.',
  'requested.subject': 'Solicitada: {service} para {pet}, {day}',
  'requested.heading': 'La visita de {pet} está solicitada',
  'requested.body': 'Hemos guardado la hora y le avisaremos en cuanto se apruebe la visita.',
  'approved.subject': 'Aprobada: {service} para {pet}, {day}',
  'approved.heading': 'La visita de {pet} está aprobada',
  'approved.body': 'La hora que solicitó es suya. Les esperamos con mucho gusto a usted y a {pet}.',
  'declined.subject': 'No aceptada: {service} para {pet}, {day}',
  'declined.heading': 'No podemos atender la visita de {pet}',
  'declined.body':
    'Lamentamos no poder atender esta visita. Elija otra hora, por favor, o llámenos y la buscaremos juntos.',
  'moved.subject': 'Cambiada: {service} para {pet}, ahora {day}',
  'moved.heading': 'La visita de {pet} ha cambiado de hora',
  'moved.body': 'Antes era el {previous}. Esta es la nueva hora.',
  'changed.subject': 'Modificada: {service} para {pet}, {day}',
  'changed.heading': 'La visita de {pet} se ha modificado',
  'changed.body': 'Así está prevista ahora.',
  'cancelled.subject': 'Cancelada: {service} para {pet}, {day}',
  'cancelled.heading': 'La visita de {pet} está cancelada',
  'cancelled.body': 'Esta visita no tendrá lugar. Puede reservar otra hora cuando lo desee.',
  'farewell.subject': 'Sobre {count, plural, one {la visita} other {las visitas}} de {pet}',
  'farewell.heading': 'Sentimos mucho lo de {pet}',
  'farewell.body':
    'Hemos sabido que {pet} ha fallecido y les acompañamos en el sentimiento. {count, plural, one {Esta visita queda cancelada} other {Estas visitas quedan canceladas}} sin coste. No tiene que hacer nada, y no enviaremos más recordatorios.',
  'reminder.subject': 'Recordatorio: {service} para {pet}, {day}',
  'reminder.heading':
    'La visita de {pet} es {days, plural, =0 {hoy} =1 {mañana} one {dentro de # día} other {dentro de # días}}',
  'reminder.body':
    'Si la hora ya no le conviene, le rogamos que cambie o cancele la visita para que otra mascota pueda aprovecharla.',
  'day-list.subject': '{location}, {day}: {count, plural, one {# visita} other {# visitas}}',
  'day-list.own':
    'Hoy tiene {count, plural, one {# visita} other {# visitas}} en {location}. Así estaban las cosas al redactar la lista.',
  'day-list.all':
    '{location} tiene hoy {count, plural, one {# visita} other {# visitas}}. Así estaban las cosas al redactar la lista.',
  'day-list.entry': '{pet}, {service}; propietario: {owner}',
  'day-list.entry-with': '{pet}, {service}, con {provider}; propietario: {owner}',
  'day-list.more': '{count, plural, one {# visita más se muestra} other {# visitas más se muestran}} en Petra.',
  'day-list.unnamed': 'desconocido',
}
