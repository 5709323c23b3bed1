import type { pets as source } from '../en/pets.ts'
import type { Translation } from '../translation.ts'

export const pets: Translation<typeof source> = {
  'right.view': 'voir le profil',
  'right.book': 'réserver des visites',
  'right.records': 'lire et compléter le dossier médical',
  'right.manage': 'décider du profil et des propriétaires',
  'co-owner-invitation.subject': '{offerer} vous invite à prendre soin de {pet}',
  'co-owner-invitation.body':
    '{offerer} souhaite faire de vous un copropriétaire de {pet} dans Petra. Vous pourriez : {rights}.',
  'co-owner-invitation.link': 'Répondre à l’invitation',
  'pet-transfer.subject': '{offerer} souhaite vous confier {pet}',
  'pet-transfer.body':
    '{offerer} vous demande de devenir propriétaire de {pet} dans Petra. Dès que vous acceptez, {pet} est à vous seul, avec son profil, ses visites et son dossier médical.',
  'pet-transfer.link': 'Répondre à la demande',
  'offer.how':
    'Pour accepter ou refuser, connectez-vous au compte qui a cette adresse, {email}, ou ouvrez-en un. Le lien est valable 7 jours, et pour personne d’autre.',
  'offer.footer':
    'Vous recevez ce message parce que {offerer} nous a donné votre adresse. Si cela ne vous dit rien, vous n’avez rien à faire.',
  'co-owner-invitation-sent.subject': 'Quelqu’un est invité à devenir copropriétaire de {pet}',
  'co-owner-invitation-sent.body':
    'Une invitation à devenir copropriétaire de {pet} a été envoyée. Si vous n’êtes pas d’accord, retirez-la ou contactez-nous avant qu’elle soit acceptée.',
  'co-owner-invitation-accepted.subject': '{owner} est désormais copropriétaire de {pet}',
  'co-owner-invitation-accepted.body':
    '{owner} a accepté l’invitation. Si vous ne vous y attendiez pas, contactez-nous.',
  'co-owner-invitation-declined.subject': 'Une invitation à devenir copropriétaire de {pet} a été refusée',
  'pet-transfer-requested.subject': '{pet} doit être confié à quelqu’un d’autre',
  'pet-transfer-requested.body':
    'Un transfert de {pet} a été demandé dans notre système. Dès qu’il sera accepté, ce qui peut arriver à tout moment dans les 7 prochains jours, tous les propriétaires actuels cesseront de l’être, vous y compris.',
  'pet-transfer-requested.advice': 'Si vous n’êtes pas d’accord, retirez le transfert ou contactez-nous sans attendre.',
  'pet-transfer-accepted.subject': '{pet} est maintenant à vous',
  'pet-transfer-accepted.body':
    'Vous êtes désormais propriétaire de {pet}. Les visites réservées sont maintenues, et vous pouvez inviter des copropriétaires.',
  'pet-transfer-declined.subject': 'Le transfert de {pet} a été refusé',
  'offer.nothing-changed': 'Rien n’a changé.',
  'managing.link': 'Voir les propriétaires de {pet}',
  'managing.footer': 'Ce message est envoyé aux personnes qui gèrent l’animal.',
  'ownership-ended.subject': 'Vous n’êtes plus propriétaire de {pet}',
  'ownership-ended.handed-over':
    'Le transfert de {pet} a été accepté, et tous les propriétaires précédents ont cessé de l’être.',
  'ownership-ended.ended':
    'Une personne qui gère {pet}, ou nous à sa demande, a mis fin à votre qualité de propriétaire.',
  'ownership-ended.consequence':
    'Vous ne voyez plus le profil, les visites ni le dossier de {pet}. Si vous ne vous y attendiez pas, contactez-nous.',
  'ownership-ended.link': 'Voir vos animaux',
  'ownership-ended.footer': 'Ce message est envoyé à toute personne qui était propriétaire de l’animal.',
  'death-withdrawn.subject': '{pet} : notre erreur, et toutes nos excuses',
  'death-withdrawn.body':
    'Nos dossiers indiquaient que {pet} était décédé. C’était une erreur ; elle est corrigée, et nous vous prions de nous en excuser.',
  'death-withdrawn.visits':
    'Les visites annulées pour cette raison ne sont pas réservées à nouveau d’elles-mêmes. Merci de les réserver de nouveau, ou appelez-nous et nous trouverons un horaire ensemble.',
  'emergency-access.subject': 'Accès d’urgence au dossier de {pet}',
  'emergency-access.body': 'Un vétérinaire qui ne suit pas {pet} a ouvert un accès d’urgence à son dossier.',
  'emergency-access.note':
    'Le vétérinaire a indiqué un motif, et chaque consultation du dossier est consignée. Si vous ne vous y attendiez pas, contactez-nous.',
  'emergency-access.link': 'Voir qui a consulté le dossier',
  'emergency-access.footer': 'Ce message est envoyé à chaque propriétaire de l’animal.',
  'new-record.subject': 'Du nouveau dans le dossier de {pet}',
  'new-record.body': 'Un vétérinaire a complété le dossier médical de {pet}. Connectez-vous pour le lire.',
  'new-record.link': 'Ouvrir le dossier de {pet}',
  'new-record.footer': 'Ce message est envoyé aux propriétaires qui peuvent lire le dossier de l’animal.',
  'vaccinations-due.subject':
    '{pet} : {count, plural, one {un vaccin à renouveler bientôt} other {# vaccins à renouveler bientôt}}',
  'vaccinations-due.body':
    'Pour que {pet} reste sous protection, réservez une visite avant l’échéance {count, plural, one {du vaccin} other {des vaccins}}.',
  'vaccinations-due.until': 'valable jusqu’au {date}',
  'vaccinations-overdue.subject':
    '{pet} : {count, plural, one {un vaccin n’est plus valable} other {# vaccins ne sont plus valables}}',
  'vaccinations-overdue.body':
    'Réservez une visite pour rétablir la protection de {pet}. Si {pet} a été vacciné ailleurs, envoyez-nous le certificat.',
  'vaccinations-overdue.since': 'échu le {date}',
  'vaccinations.link': 'Réserver une visite',
  'vaccinations.footer':
    'Vous recevez ce message parce que {pet} est vacciné chez nous. Aucune visite n’est encore réservée.',
  'vaccine.rabies': 'Rage',
  'vaccine.dap': 'Maladie de Carré, adénovirus, parvovirus (DAP)',
  'vaccine.leptospirosis': 'Leptospirose',
  'vaccine.bordetella': 'Toux du chenil (Bordetella)',
  'vaccine.lyme': 'Maladie de Lyme',
  'vaccine.canine-influenza': 'Grippe canine',
  'vaccine.fvrcp': 'Coryza et typhus du chat (FVRCP)',
  'vaccine.felv': 'Leucose féline (FeLV)',
  'vaccine.other': 'Autre vaccin',
}
