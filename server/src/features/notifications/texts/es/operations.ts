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
    'Hay tareas con más de un minuto de retraso, o abandonadas: es posible que no salgan correos ni mensajes.',
  'alarm-raised.advice':
    'Lo abandonado aparece en una lista y puede repetirse; lo demás está en el registro de los procesos.',
}
