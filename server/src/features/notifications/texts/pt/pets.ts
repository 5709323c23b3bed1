import type { pets as source } from '../en/pets.ts'
import type { Translation } from '../translation.ts'

export const pets: Translation<typeof source> = {
  'right.view': 'ver o perfil',
  'right.book': 'marcar visitas',
  'right.records': 'ler e completar o prontuário',
  'right.manage': 'decidir sobre o perfil e os tutores',
  'co-owner-invitation.subject': 'Convite de {offerer} para cuidar de {pet}',
  'co-owner-invitation.body':
    '{offerer} gostaria de dividir com você a tutela de {pet} no Petra. Seria possível: {rights}.',
  'co-owner-invitation.link': 'Responder ao convite',
  'pet-transfer.subject': '{offerer} deseja transferir {pet} para você',
  'pet-transfer.body':
    '{offerer} pede que assuma a tutela de {pet} no Petra. Depois de aceitar, {pet} ficará somente sob os seus cuidados, com perfil, visitas e prontuário.',
  'pet-transfer.link': 'Responder ao pedido',
  'offer.how':
    'Para aceitar ou recusar, entre na conta que tem este endereço, {email}, ou abra uma. O link vale por 7 dias e para mais ninguém.',
  'offer.footer':
    'Esta mensagem foi enviada porque {offerer} nos informou o seu endereço. Se isso não lhe diz nada, não é preciso fazer nada.',
  'co-owner-invitation-sent.subject': 'Alguém recebeu um convite para dividir a tutela de {pet}',
  'co-owner-invitation-sent.body':
    'Foi enviado um convite para dividir a tutela de {pet}. Se não concorda, retire-o ou fale conosco antes que seja aceito.',
  'co-owner-invitation-accepted.subject': '{owner} agora divide a tutela de {pet}',
  'co-owner-invitation-accepted.body': '{owner} aceitou o convite. Se não esperava por isso, fale conosco.',
  'co-owner-invitation-declined.subject': 'Um convite para dividir a tutela de {pet} foi recusado',
  'pet-transfer-requested.subject': '{pet} será transferido para outra pessoa',
  'pet-transfer-requested.body':
    'Foi pedida em nosso sistema uma transferência de {pet}. Assim que for aceita, o que pode acontecer a qualquer momento nos próximos 7 dias, todas as tutelas atuais terminam, inclusive a sua.',
  'pet-transfer-requested.advice': 'Se não concorda, retire a transferência ou fale conosco imediatamente.',
  'pet-transfer-accepted.subject': '{pet} agora está sob a sua tutela',
  'pet-transfer-accepted.body':
    'A tutela de {pet} agora é sua. As visitas marcadas continuam valendo, e é possível convidar outros tutores.',
  'pet-transfer-declined.subject': 'A transferência de {pet} foi recusada',
  'offer.nothing-changed': 'Nada mudou.',
  'managing.link': 'Ver os tutores de {pet}',
  'managing.footer': 'Esta mensagem é enviada a quem administra o animal.',
  'ownership-ended.subject': 'A sua tutela de {pet} terminou',
  'ownership-ended.handed-over': 'A transferência de {pet} foi aceita, e todas as tutelas anteriores terminaram.',
  'ownership-ended.ended':
    'A sua tutela de {pet} foi encerrada por alguém que administra o animal, ou por nós a pedido.',
  'ownership-ended.consequence':
    'O perfil, as visitas e o prontuário de {pet} não estão mais visíveis na sua conta. Se não esperava por isso, fale conosco.',
  'ownership-ended.link': 'Ver os seus animais',
  'ownership-ended.footer': 'Esta mensagem é enviada a quem era tutor do animal.',
  'death-withdrawn.subject': '{pet}: um erro nosso, com as nossas desculpas',
  'death-withdrawn.body':
    'Os nossos registos indicavam que {pet} tinha falecido. Foi um erro, está corrigido, e pedimos desculpa.',
  'death-withdrawn.visits':
    'As visitas canceladas por esse motivo não voltam a ser marcadas sozinhas. Marque-as de novo, por favor, ou ligue para nós e encontraremos um horário em conjunto.',
  'emergency-access.subject': 'Acesso de emergência ao prontuário de {pet}',
  'emergency-access.body': 'Um veterinário que não acompanha {pet} abriu um acesso de emergência ao prontuário.',
  'emergency-access.note':
    'O veterinário informou um motivo, e cada consulta ao prontuário fica registrada. Se não esperava por isso, fale conosco.',
  'emergency-access.link': 'Ver quem consultou o prontuário',
  'emergency-access.footer': 'Esta mensagem é enviada a todos os tutores do animal.',
  'new-record.subject': 'Há novidades no prontuário de {pet}',
  'new-record.body': 'Um veterinário acrescentou algo ao prontuário de {pet}. Entre na conta para ler.',
  'new-record.link': 'Abrir o prontuário de {pet}',
  'new-record.footer': 'Esta mensagem é enviada aos tutores que podem ler o prontuário do animal.',
  'vaccinations-due.subject':
    '{pet}: {count, plural, one {uma vacina a renovar em breve} other {# vacinas a renovar em breve}}',
  'vaccinations-due.body':
    'Para que a proteção de {pet} continue, marque uma visita antes que {count, plural, one {a vacina perca} other {as vacinas percam}} a validade.',
  'vaccinations-due.until': 'válida até {date}',
  'vaccinations-overdue.subject':
    '{pet}: {count, plural, one {uma vacina perdeu a validade} other {# vacinas perderam a validade}}',
  'vaccinations-overdue.body':
    'Marque uma visita para renovar a proteção de {pet}. Se {pet} tomou a vacina em outro lugar, envie-nos o comprovante.',
  'vaccinations-overdue.since': 'venceu em {date}',
  'vaccinations.link': 'Marcar uma visita',
  'vaccinations.footer':
    'Esta mensagem foi enviada porque {pet} toma vacinas conosco. Ainda não há nenhuma visita marcada.',
  'vaccine.rabies': 'Raiva',
  'vaccine.dap': 'Cinomose, adenovírus, parvovirose (DAP)',
  'vaccine.leptospirosis': 'Leptospirose canina',
  'vaccine.bordetella': 'Tosse dos canis (Bordetella)',
  'vaccine.lyme': 'Doença de Lyme',
  'vaccine.canine-influenza': 'Gripe canina',
  'vaccine.fvrcp': 'Tríplice felina (FVRCP)',
  'vaccine.felv': 'Leucemia felina (FeLV)',
  'vaccine.other': 'Outra vacina',
}
