/** What people are told of their own account. */
export const account = {
  'email-verification.subject': 'Confirm your e-mail address',
  'email-verification.body':
    'Please confirm that this is your address: follow the link, or type the code where Petra asks for it. Either is good once, for 10 minutes.',
  'email-verification.link': 'Confirm my address',
  'email-change-link.subject': 'Confirm your new e-mail address',
  'email-change-link.body':
    'This address was given for a Petra account. Follow the link to use it from now on; it is good once, for 30 minutes.',
  'email-change-link.link': 'Use this address',
  'challenge.ignore': 'If you did not ask for this, do nothing.',
  'password-reset.subject': 'Set a new password',
  'password-reset.body':
    'Somebody, hopefully you, asked for a new password. Follow the link, or type the code where Petra asks for it. Either is good once, for 10 minutes.',
  'password-reset.ignore': 'If it was not you, do nothing: your password stays as it is.',
  'password-reset.link': 'Set a new password',
  'password-changed.subject': 'Your password was changed',
  'password-changed.body': 'The password of your account was changed, and other devices were signed out.',
  'password-changed.advice': 'If it was not you, ask for a new password at once, and tell us.',
  'registration-attempted.subject': 'You have an account already',
  'registration-attempted.body':
    'Somebody tried to open an account with this address. You have one already, and nothing about it has changed.',
  'registration-attempted.advice': 'If it was you, sign in, or ask for a new password. If not, there is nothing to do.',
  'email-changed.subject': 'Your e-mail address was changed',
  'email-changed.left': 'Your account has another e-mail address now; this one gets no more mail about it.',
  'email-changed.taken': 'This is the e-mail address of your account now: sign in with it from here on.',
  'email-changed.advice': 'If it was not you, tell us at once.',
  'account-invitation.subject': 'Your account is waiting for you',
  'account-invitation.body': 'We have opened an account for you. Choose a password, and it is yours.',
  'account-invitation.note':
    'The link works once. If you do not know why you get this message, you need not do anything.',
  'account-invitation.link': 'Choose a password',
  'account-invitation.footer': 'Nobody but you can open this link: please do not pass it on.',
  'export-ready.subject': 'Your data is ready',
  'export-ready.body': 'You asked for everything we hold about you. Sign in to download it.',
  'export-ready.link': 'Download your data',
  'export-ready.footer': 'If you did not ask for it, somebody else may be signed in as you: change your password.',
  'erasure-requested.subject': 'Your account will be deleted',
  'erasure-requested.body':
    'You asked us to delete your account. Until then everything stays as it is, and you can keep it: sign in and withdraw the deletion.',
  'erasure-requested.warning':
    'Afterwards it cannot be undone. Pets that nobody else manages are archived and their visits cancelled: if somebody else looks after them, hand them over before.',
  'erasure-requested.link': 'Sign in to keep your account',
  'erasure-requested.footer': 'If you did not ask for this, sign in, withdraw the deletion and change your password.',
  'new-sign-in.subject': 'A new device has signed in',
  'new-sign-in.body': 'Somebody signed in to your account on a device that we had not seen before.',
  'new-sign-in.advice':
    'If it was you, there is nothing to do. If not, change your password: that signs the device out.',
  'new-sign-in.unknown-device': 'unknown',
  'token-created.subject': 'An access token was made for your account',
  'token-created.body':
    'A program that has the token can do in your name what the token allows. You see your tokens in your account, and can revoke them there.',
  'token-created.advice': 'If it was not you, revoke the token, change your password, and tell us.',
  'session-replayed.subject': 'We have signed a device out',
  'session-replayed.body':
    'A device of yours was signed out, because its sign-in was used from two places. That can be harmless, and it can mean that somebody has copied it.',
  'session-replayed.advice': 'Please sign in again. If something seems odd to you, change your password.',
} as const
