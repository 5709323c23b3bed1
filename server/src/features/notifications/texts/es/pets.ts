import type { pets as source } from '../en/pets.ts'
import type { Translation } from '../translation.ts'

export const pets: Translation<typeof source> = {
  'right.view': 'ver el perfil',
  'right.book': 'reservar visitas',
  'right.records': 'leer y completar el historial médico',
  'right.manage': 'decidir sobre el perfil y sobre quién es propietario',
  'co-owner-invitation.subject': '{offerer} le invita a cuidar de {pet}',
  'co-owner-invitation.body':
    '{offerer} desea que usted sea copropietario de {pet} en Petra. Podría hacer lo siguiente: {rights}.',
  'co-owner-invitation.link': 'Responder a la invitación',
  'pet-transfer.subject': '{offerer} desea transferirle a {pet}',
  'pet-transfer.body':
    '{offerer} le pide que se haga cargo de {pet} en Petra. Cuando acepte, {pet} será solo suyo, con su perfil, sus visitas y su historial médico.',
  'pet-transfer.link': 'Responder a la solicitud',
  'offer.how':
    'Para aceptar o rechazar, inicie sesión en la cuenta que tiene esta dirección, {email}, o abra una. El enlace sirve durante 7 días y para nadie más.',
  'offer.footer':
    'Recibe este mensaje porque {offerer} nos ha dado su dirección. Si no le dice nada, no tiene que hacer nada.',
  'co-owner-invitation-sent.subject': 'Se ha invitado a alguien a ser copropietario de {pet}',
  'co-owner-invitation-sent.body':
    'Se ha enviado una invitación para ser copropietario de {pet}. Si no está de acuerdo, retírela o contacte con nosotros antes de que se acepte.',
  'co-owner-invitation-accepted.subject': '{owner} comparte ahora la propiedad de {pet}',
  'co-owner-invitation-accepted.body':
    '{owner} ha aceptado la invitación. Si no lo esperaba, póngase en contacto con nosotros.',
  'co-owner-invitation-declined.subject': 'Se ha rechazado una invitación a ser copropietario de {pet}',
  'pet-transfer-requested.subject': 'Se va a transferir a {pet} a otra persona',
  'pet-transfer-requested.body':
    'Se ha solicitado en nuestro sistema una transferencia de {pet}. En cuanto se acepte, lo que puede ocurrir en cualquier momento de los próximos 7 días, terminan todas las propiedades actuales, también la suya.',
  'pet-transfer-requested.advice': 'Si no está de acuerdo, retire la transferencia o contacte con nosotros enseguida.',
  'pet-transfer-accepted.subject': '{pet} ahora es suyo',
  'pet-transfer-accepted.body':
    'Se ha hecho cargo de {pet}. Las visitas reservadas se mantienen y puede invitar a copropietarios.',
  'pet-transfer-declined.subject': 'Se ha rechazado la transferencia de {pet}',
  'offer.nothing-changed': 'No ha cambiado nada.',
  'managing.link': 'Ver los propietarios de {pet}',
  'managing.footer': 'Este mensaje se envía a quienes gestionan la mascota.',
  'ownership-ended.subject': 'Usted ya no es propietario de {pet}',
  'ownership-ended.handed-over':
    'Se ha aceptado la transferencia de {pet} y han terminado todas las propiedades anteriores.',
  'ownership-ended.ended': 'Alguien que gestiona a {pet}, o nosotros en su nombre, ha puesto fin a su propiedad.',
  'ownership-ended.consequence':
    'Ya no puede ver el perfil, las visitas ni el historial de {pet}. Si no lo esperaba, póngase en contacto con nosotros.',
  'ownership-ended.link': 'Ver sus mascotas',
  'ownership-ended.footer': 'Este mensaje se envía a quien era propietario de la mascota.',
  'death-withdrawn.subject': '{pet}: un error nuestro, con nuestras disculpas',
  'death-withdrawn.body':
    'En nuestros registros constaba que {pet} había fallecido. Fue un error, está corregido y le pedimos disculpas.',
  'death-withdrawn.visits':
    'Las visitas que se cancelaron por ello no se reservan de nuevo por sí solas. Resérvelas otra vez, por favor, o llámenos y buscaremos una hora juntos.',
  'emergency-access.subject': 'Acceso de urgencia al historial de {pet}',
  'emergency-access.body':
    'Un veterinario que no tiene a {pet} a su cargo ha abierto un acceso de urgencia al historial.',
  'emergency-access.note':
    'El veterinario indicó un motivo y cada consulta del historial queda registrada. Si no lo esperaba, póngase en contacto con nosotros.',
  'emergency-access.link': 'Ver quién ha consultado el historial',
  'emergency-access.footer': 'Este mensaje se envía a todos los propietarios de la mascota.',
  'new-record.subject': 'Hay novedades en el historial de {pet}',
  'new-record.body': 'Un veterinario ha añadido algo al historial médico de {pet}. Inicie sesión para leerlo.',
  'new-record.link': 'Abrir el historial de {pet}',
  'new-record.footer': 'Este mensaje se envía a los propietarios que pueden leer el historial de la mascota.',
  'vaccinations-due.subject': '{pet}: {count, plural, one {pronto toca una vacuna} other {pronto tocan # vacunas}}',
  'vaccinations-due.body':
    'Para que {pet} siga teniendo protección, reserve una visita antes de que {count, plural, one {caduque la vacuna} other {caduquen las vacunas}}.',
  'vaccinations-due.until': 'válida hasta el {date}',
  'vaccinations-overdue.subject': '{pet}: {count, plural, one {ha caducado una vacuna} other {han caducado # vacunas}}',
  'vaccinations-overdue.body':
    'Reserve una visita para que {pet} vuelva a tener protección. Si {pet} se vacunó en otro lugar, envíenos el certificado.',
  'vaccinations-overdue.since': 'caducó el {date}',
  'vaccinations.link': 'Reservar una visita',
  'vaccinations.footer':
    'Recibe este mensaje porque {pet} se vacuna con nosotros. Aún no hay ninguna visita reservada.',
  'vaccine.rabies': 'Rabia',
  'vaccine.dap': 'Moquillo, adenovirus, parvovirus (DAP)',
  'vaccine.leptospirosis': 'Leptospirosis canina',
  'vaccine.bordetella': 'Tos de las perreras (Bordetella)',
  'vaccine.lyme': 'Enfermedad de Lyme',
  'vaccine.canine-influenza': 'Gripe canina',
  'vaccine.fvrcp': 'Trivalente felina (FVRCP)',
  'vaccine.felv': 'Leucemia felina (FeLV)',
  'vaccine.other': 'Otra vacuna',
}
