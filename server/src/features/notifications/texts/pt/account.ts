import type { account as source } from '../en/account.ts'
import type { Translation } from '../translation.ts'

export const account: Translation<typeof source> = {
  'email-verification.subject': 'Confirme o seu endereço de e-mail',
  'email-verification.body':
    'Por favor, confirme que este endereço é seu: abra o link ou digite o código onde o Petra o pedir. Qualquer um dos dois vale uma só vez, durante 10 minutos.',
  'email-verification.link': 'Confirmar o meu endereço',
  'email-change-link.subject': 'Confirme o seu novo endereço de e-mail',
  'email-change-link.body':
    'Este endereço foi indicado para uma conta do Petra. Abra o link para usá-lo a partir de agora; ele vale uma só vez, durante 30 minutos.',
  'email-change-link.link': 'Usar este endereço',
  'challenge.ignore': 'Se não fez este pedido, não é preciso fazer nada.',
  'password-reset.subject': 'Defina uma nova senha',
  'password-reset.body':
    'Recebemos um pedido de nova senha, que esperamos ter sido seu. Abra o link ou digite o código onde o Petra o pedir. Qualquer um dos dois vale uma só vez, durante 10 minutos.',
  'password-reset.ignore': 'Se não foi um pedido seu, não é preciso fazer nada: a sua senha continua a mesma.',
  'password-reset.link': 'Definir uma nova senha',
  'password-changed.subject': 'A sua senha foi alterada',
  'password-changed.body': 'A senha da sua conta foi alterada e a sessão foi encerrada nos outros dispositivos.',
  'password-changed.advice': 'Se não fez esta alteração, peça imediatamente uma nova senha e avise-nos.',
  'registration-attempted.subject': 'Já existe uma conta em seu nome',
  'registration-attempted.body':
    'Alguém tentou abrir uma conta com este endereço. Já existe uma conta sua, e nada mudou nela.',
  'registration-attempted.advice':
    'Se fez esse pedido, entre na conta ou peça uma nova senha. Caso contrário, não é preciso fazer nada.',
  'email-changed.subject': 'O seu endereço de e-mail foi alterado',
  'email-changed.left': 'A sua conta tem agora outro endereço de e-mail; este não receberá mais mensagens sobre ela.',
  'email-changed.taken': 'Este é agora o endereço de e-mail da sua conta: use-o para entrar a partir de agora.',
  'email-changed.advice': 'Se não fez esta alteração, avise-nos imediatamente.',
  'account-invitation.subject': 'A sua conta está à sua espera',
  'account-invitation.body': 'Abrimos uma conta em seu nome. Escolha uma senha, e ela é sua.',
  'account-invitation.note':
    'O link vale uma só vez. Se não sabe por que recebeu esta mensagem, não é preciso fazer nada.',
  'account-invitation.link': 'Escolher uma senha',
  'account-invitation.footer': 'Este link é pessoal: por favor, não o encaminhe a ninguém.',
  'export-ready.subject': 'Os seus dados estão prontos',
  'export-ready.body': 'Recebemos o seu pedido de tudo o que guardamos a seu respeito. Entre na conta para baixá-lo.',
  'export-ready.link': 'Baixar os seus dados',
  'export-ready.footer': 'Se não fez este pedido, talvez outra pessoa esteja usando a sua conta: altere a sua senha.',
  'erasure-requested.subject': 'A sua conta será excluída',
  'erasure-requested.body':
    'Recebemos o seu pedido para excluir a conta. Até lá tudo continua como está, e ainda é possível mantê-la: entre na conta e retire o pedido.',
  'erasure-requested.warning':
    'Depois disso, não será possível desfazer. Os animais que ninguém mais administra serão arquivados e as visitas deles, canceladas: se outra pessoa cuida deles, transfira-os antes.',
  'erasure-requested.link': 'Entrar para manter a sua conta',
  'erasure-requested.footer': 'Se não fez este pedido, entre na conta, retire o pedido e altere a sua senha.',
  'new-sign-in.subject': 'Acesso em um novo dispositivo',
  'new-sign-in.body': 'Alguém entrou na sua conta em um dispositivo que ainda não conhecíamos.',
  'new-sign-in.advice':
    'Se reconhece este acesso, não é preciso fazer nada. Se não, altere a sua senha: isso encerra a sessão nesse dispositivo.',
  'new-sign-in.unknown-device': 'desconhecido',
  'token-created.subject': 'Foi criado um token de acesso para a sua conta',
  'token-created.body':
    'Um programa que tenha este token pode fazer em seu nome o que o token permite. Na sua conta é possível ver os tokens e revogá-los.',
  'token-created.advice': 'Se não criou este token, revogue-o, altere a sua senha e avise-nos.',
  'session-replayed.subject': 'Encerramos a sessão em um dispositivo',
  'session-replayed.body':
    'A sessão em um dos seus dispositivos foi encerrada porque foi usada a partir de dois lugares. Pode ser algo inofensivo, ou pode significar que alguém a copiou.',
  'session-replayed.advice': 'Por favor, entre novamente. Se algo parecer estranho, altere a sua senha.',
}
