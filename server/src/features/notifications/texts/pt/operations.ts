import type { operations as source } from '../en/operations.ts'
import type { Translation } from '../translation.ts'

export const operations: Translation<typeof source> = {
  'footer.operations': 'Recebe esta mensagem porque administra a Petra.',
  'webhook-disabled.subject': 'Um destino foi desativado',
  'webhook-disabled.body':
    'A Petra já não envia nada a um dos seus destinos de webhooks: respondeu que não quer mais mensagens, ou nada chegou em cinco dias.',
  'webhook-disabled.advice': 'Quando voltar a funcionar, ative-o e reenvie o que perdeu.',
  'alarm-raised.subject': 'A Petra precisa da sua atenção',
  'alarm-raised.body':
    'Há tarefas com mais de um minuto de atraso, ou abandonadas: correios e mensagens podem não sair.',
  'alarm-raised.advice':
    'O que foi abandonado está numa lista e pode ser repetido; o resto está no registo dos processos.',
}
