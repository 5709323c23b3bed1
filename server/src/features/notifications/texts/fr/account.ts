import type { account as source } from '../en/account.ts'
import type { Translation } from '../translation.ts'

export const account: Translation<typeof source> = {
  'email-verification.subject': 'Confirmez votre adresse e-mail',
  'email-verification.body':
    'Merci de confirmer que cette adresse est la vôtre : suivez le lien, ou saisissez le code là où Petra le demande. L’un comme l’autre ne sert qu’une fois, pendant 10 minutes.',
  'email-verification.link': 'Confirmer mon adresse',
  'email-change-link.subject': 'Confirmez votre nouvelle adresse e-mail',
  'email-change-link.body':
    'Cette adresse a été indiquée pour un compte Petra. Suivez le lien pour l’utiliser désormais ; il ne sert qu’une fois, pendant 30 minutes.',
  'email-change-link.link': 'Utiliser cette adresse',
  'challenge.ignore': 'Si vous n’êtes pas à l’origine de cette demande, ne faites rien.',
  'password-reset.subject': 'Choisissez un nouveau mot de passe',
  'password-reset.body':
    'Quelqu’un, vous-même espérons-le, a demandé un nouveau mot de passe. Suivez le lien, ou saisissez le code là où Petra le demande. L’un comme l’autre ne sert qu’une fois, pendant 10 minutes.',
  'password-reset.ignore': 'Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.',
  'password-reset.link': 'Choisir un nouveau mot de passe',
  'password-changed.subject': 'Votre mot de passe a été modifié',
  'password-changed.body': 'Le mot de passe de votre compte a été modifié et les autres appareils ont été déconnectés.',
  'password-changed.advice': 'Si ce n’était pas vous, demandez tout de suite un nouveau mot de passe et prévenez-nous.',
  'registration-attempted.subject': 'Vous avez déjà un compte',
  'registration-attempted.body':
    'Quelqu’un a essayé d’ouvrir un compte avec cette adresse. Vous en avez déjà un, et rien n’y a changé.',
  'registration-attempted.advice':
    'Si c’était vous, connectez-vous ou demandez un nouveau mot de passe. Sinon, il n’y a rien à faire.',
  'email-changed.subject': 'Votre adresse e-mail a été modifiée',
  'email-changed.left':
    'Votre compte a désormais une autre adresse e-mail ; celle-ci ne recevra plus de messages à son sujet.',
  'email-changed.taken':
    'Cette adresse est désormais celle de votre compte : utilisez-la pour vous connecter à partir de maintenant.',
  'email-changed.advice': 'Si ce n’était pas vous, prévenez-nous tout de suite.',
  'account-invitation.subject': 'Votre compte vous attend',
  'account-invitation.body': 'Nous avons ouvert un compte pour vous. Choisissez un mot de passe, et il est à vous.',
  'account-invitation.note':
    'Le lien ne sert qu’une fois. Si vous ne savez pas pourquoi vous recevez ce message, vous n’avez rien à faire.',
  'account-invitation.link': 'Choisir un mot de passe',
  'account-invitation.footer': 'Ce lien n’est destiné qu’à vous : merci de ne pas le transmettre.',
  'export-ready.subject': 'Vos données sont prêtes',
  'export-ready.body':
    'Vous avez demandé tout ce que nous conservons à votre sujet. Connectez-vous pour le télécharger.',
  'export-ready.link': 'Télécharger vos données',
  'export-ready.footer':
    'Si vous ne l’avez pas demandé, quelqu’un d’autre est peut-être connecté à votre place : changez votre mot de passe.',
  'erasure-requested.subject': 'Votre compte va être supprimé',
  'erasure-requested.body':
    'Vous nous avez demandé de supprimer votre compte. D’ici là, tout reste en l’état et vous pouvez le garder : connectez-vous et retirez la demande.',
  'erasure-requested.warning':
    'Ensuite, ce sera irréversible. Les animaux que personne d’autre ne gère seront archivés et leurs visites annulées : si quelqu’un d’autre s’occupe d’eux, confiez-les-lui avant.',
  'erasure-requested.link': 'Se connecter pour garder votre compte',
  'erasure-requested.footer':
    'Si vous ne l’avez pas demandé, connectez-vous, retirez la demande et changez votre mot de passe.',
  'new-sign-in.subject': 'Connexion depuis un nouvel appareil',
  'new-sign-in.body': 'Quelqu’un s’est connecté à votre compte depuis un appareil que nous ne connaissions pas.',
  'new-sign-in.advice':
    'Si c’était vous, il n’y a rien à faire. Sinon, changez votre mot de passe : cela déconnecte l’appareil.',
  'new-sign-in.unknown-device': 'inconnu',
  'token-created.subject': 'Un jeton d’accès a été créé pour votre compte',
  'token-created.body':
    'Un programme qui détient ce jeton peut faire en votre nom ce qu’il autorise. Vous voyez vos jetons dans votre compte et pouvez les y révoquer.',
  'token-created.advice': 'Si ce n’était pas vous, révoquez le jeton, changez votre mot de passe et prévenez-nous.',
  'session-replayed.subject': 'Nous avons déconnecté un appareil',
  'session-replayed.body':
    'L’un de vos appareils a été déconnecté, car sa connexion a été utilisée depuis deux endroits. Cela peut être anodin, ou signifier que quelqu’un l’a copiée.',
  'session-replayed.advice':
    'Merci de vous reconnecter. Si quelque chose vous paraît étrange, changez votre mot de passe.',
}
