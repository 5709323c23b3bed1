import type { frame as source } from '../en/frame.ts'
import type { Translation } from '../translation.ts'

export const frame: Translation<typeof source> = {
  greeting: 'Bonjour {name},',
  'greeting.nameless': 'Bonjour,',
  'label.line': '{label} :',
  'label.when': 'Quand',
  'label.pet': 'Animal',
  'label.service': 'Prestation',
  'label.with': 'Avec',
  'label.where': 'Où',
  'label.vet': 'Vétérinaire',
  'label.ends': 'Fin',
  'label.code': 'Code',
  'label.device': 'Appareil',
  'label.account': 'Compte',
  'label.link-ends': 'Lien valable jusqu’au',
  'label.kept-until': 'Disponible jusqu’au',
  'label.deleted-on': 'Suppression le',
  'link.portal': 'Ouvrir Petra',
  'footer.security': 'Ce message concerne la sécurité de votre compte.',
  'unsubscribe.link': 'Ne plus recevoir de messages de ce type',
  'unsubscribe.title': 'Ne plus recevoir ces messages',
  'unsubscribe.question': 'Souhaitez-vous ne plus recevoir de messages à ce sujet : {kind} ?',
  'unsubscribe.button': 'Ne plus m’en envoyer',
  'unsubscribe.done':
    'Vous ne recevrez plus de messages à ce sujet : {kind}. Vous pouvez changer d’avis à tout moment dans votre compte.',
  'unsubscribe.rejected':
    'Ce lien n’est pas valable. Vous pouvez choisir dans votre compte les messages que vous recevez.',
  'kind.vaccinations': 'les vaccins à renouveler',
  'kind.new-records': 'les nouveautés des dossiers médicaux',
  'kind.day-list': 'la liste des visites du jour',
}
