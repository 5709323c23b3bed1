import type { operations as source } from '../en/operations.ts'
import type { Translation } from '../translation.ts'

export const operations: Translation<typeof source> = {
  'footer.operations': 'Recibe este mensaje porque administra Petra.',
  'webhook-disabled.subject': 'Se ha desactivado un destino',
  'webhook-disabled.body':
    'Petra ya no envía nada a uno de sus destinos de webhooks: respondió que no quiere más mensajes, o nada ha llegado en cinco días.',
  'webhook-disabled.advice': 'Cuando vuelva a funcionar, actívelo y reenvíe lo que se perdió.',
  'alarm-raised.subject': 'Petra necesita su atención',
  'alarm-raised.body':
    'Hay tareas con más de un minuto de retraso, o abandonadas: es posible que no salgan correos ni mensajes, o que el registro de auditoría no se selle ni se vigile.',
  'alarm-raised.advice':
    'Lo abandonado aparece en una lista y puede repetirse; lo demás está en el registro de los procesos.',
  'watch-raised.subject': 'El registro de auditoría necesita su atención',
  'watch-raised.many-pets-opened': 'Una cuenta ha abierto los historiales de más de 50 mascotas en una hora.',
  'watch-raised.emergency-access': 'Un veterinario ha abierto el historial de una mascota en una emergencia.',
  'watch-raised.new-country': 'Se ha iniciado sesión en una cuenta desde un país desde el que nunca se había hecho.',
  'watch-raised.refusals-in-a-row': 'A una cuenta se le ha denegado el acceso al menos 20 veces seguidas.',
  'watch-raised.advice':
    'El registro de auditoría muestra qué más ha hecho. Si no es lo que debería ser, desactive la cuenta. De la misma cuenta se avisa de lo mismo una vez por hora como mucho.',
}
