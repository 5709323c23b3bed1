import type { frame as source } from '../en/frame.ts'
import type { Translation } from '../translation.ts'

export const frame: Translation<typeof source> = {
  greeting: 'Olá, {name}!',
  'greeting.nameless': 'Olá!',
  'label.line': '{label}:',
  'label.when': 'Quando',
  'label.pet': 'Animal',
  'label.service': 'Serviço',
  'label.with': 'Com',
  'label.where': 'Onde',
  'label.vet': 'Veterinário',
  'label.ends': 'Termina',
  'label.code': 'Código',
  'label.device': 'Dispositivo',
  'label.account': 'Conta',
  'label.link-ends': 'Link válido até',
  'label.kept-until': 'Disponível até',
  'label.deleted-on': 'Exclusão em',
  'link.portal': 'Abrir o Petra',
  'footer.security': 'Esta mensagem é sobre a segurança da sua conta.',
  'unsubscribe.link': 'Não quero mais receber mensagens como esta',
  'unsubscribe.title': 'Deixar de receber estas mensagens',
  'unsubscribe.question': 'Deseja deixar de receber mensagens sobre este assunto: {kind}?',
  'unsubscribe.button': 'Não enviar mais',
  'unsubscribe.done':
    'Não receberá mais mensagens sobre este assunto: {kind}. Pode mudar isso na sua conta a qualquer momento.',
  'unsubscribe.rejected': 'Este link não é válido. Na sua conta é possível escolher que mensagens deseja receber.',
  'kind.vaccinations': 'vacinas a renovar',
  'kind.new-records': 'novidades nos prontuários',
  'kind.day-list': 'a lista de visitas do dia',
}
