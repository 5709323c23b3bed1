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
    'Há tarefas com mais de um minuto de atraso, ou abandonadas: correios e mensagens podem não sair, ou o registo de auditoria pode não ser selado nem vigiado.',
  'alarm-raised.advice':
    'O que foi abandonado está numa lista e pode ser repetido; o resto está no registo dos processos.',
  'watch-raised.subject': 'O registo de auditoria precisa da sua atenção',
  'watch-raised.many-pets-opened': 'Uma conta abriu os processos de mais de 50 animais numa hora.',
  'watch-raised.emergency-access': 'Um veterinário abriu o processo de um animal numa emergência.',
  'watch-raised.new-country': 'Alguém iniciou sessão numa conta a partir de um país de onde nunca se tinha feito.',
  'watch-raised.refusals-in-a-row': 'O acesso foi recusado a uma conta pelo menos 20 vezes seguidas.',
  'watch-raised.advice':
    'O registo de auditoria mostra o que mais ela fez. Se algo não estiver bem, desative a conta. O mesmo da mesma conta é comunicado no máximo uma vez por hora.',
}
