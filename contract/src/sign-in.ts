import { Locale, NewPassword, PersonName, Phone } from './accounts.ts'
import { Closed, Email, OneOf, Text } from './common.ts'
import { exampleAccount } from './examples.ts'
import { route } from './route.ts'
import { Session } from './sessions.ts'
import Type, { type Static } from './type.ts'

export const Registration = Closed({
  email: Email,
  password: NewPassword,
  name: PersonName,
  phone: Type.Optional(Phone),
  locale: Type.Optional(Locale),
})

export const Registered = Closed({
  email: Email,
  emailVerification: OneOf(['required', 'optional'], {
    description: '`required`: the address must be confirmed before the first sign-in',
  }),
})

const DeviceToken = Type.String({
  minLength: 1,
  maxLength: 512,
  description:
    'Opaque. Keep it on the device, also after signing out, and send it with the next sign-in: wrong passwords that others ' +
    'try then keep this device from nothing. It opens nothing by itself.',
})

export const Credentials = Closed({
  email: Email,
  password: Text(128),
  deviceToken: Type.Optional(DeviceToken),
})

export const SignedIn = Closed({ ...Session.properties, deviceToken: DeviceToken })

const CurrentPassword = Text(128, { description: 'The password so far', examples: ['good dog, stay safe'] })

export const PasswordChange = Closed({ currentPassword: CurrentPassword, newPassword: NewPassword })

export const EmailChange = Closed({ email: Email, currentPassword: CurrentPassword })

export const LinkToken = Type.String({ minLength: 1, maxLength: 512, description: 'From the link in the mail' })

export const EmailChangeProof = Closed({ token: LinkToken })

export type Registration = Static<typeof Registration>
export type Registered = Static<typeof Registered>
export type Credentials = Static<typeof Credentials>
export type SignedIn = Static<typeof SignedIn>
export type PasswordChange = Static<typeof PasswordChange>
export type EmailChange = Static<typeof EmailChange>

const tag = 'Signing in'

export const weakPasswords = ['password.too-common', 'password.too-personal'] as const

export const register = route({
  operationId: 'register',
  method: 'POST',
  url: '/auth/register',
  public: true,
  tag,
  summary: 'Open an account',
  description:
    'Opens an account for a pet owner, and mails a link and a code that confirm the address. The answer is the same whether ' +
    'the address was known or not; of a known one only its holder is told. A password has 8 to 128 characters, whichever, ' +
    'and is neither among the 10,000 most common nor the name or the address.',
  body: Registration,
  answers: { 201: Registered },
  problems: [...weakPasswords],
  example: {
    body: { email: 'maya@example.test', password: 'good dog, stay safe', name: 'Maya' },
    answer: { email: 'maya@example.test', emailVerification: 'optional' },
  },
})

export const signIn = route({
  operationId: 'signIn',
  method: 'POST',
  url: '/auth/login',
  public: true,
  noStore: true,
  tag,
  summary: 'Sign in',
  description:
    'Starts a session. An unknown address and a wrong password answer alike and take the same time. Wrong passwords are ' +
    'counted per device, per account and per IP address; past a limit every try is answered 429. A device that has signed in ' +
    'before, by its `deviceToken` or from its IP address, is counted by itself, so that nobody is locked out by others.',
  body: Credentials,
  answers: { 200: SignedIn },
  problems: ['auth.invalid-credentials', 'auth.email-unverified'],
  example: {
    body: { email: 'maya@example.test', password: 'good dog, stay safe' },
    answer: {
      accessToken: 'header.payload.signature',
      tokenType: 'Bearer',
      expiresIn: 900,
      refreshToken: 'opaque-refresh-token',
      account: exampleAccount,
      deviceToken: 'opaque-device-token',
    },
  },
})

export const changePassword = route({
  operationId: 'changePassword',
  method: 'PUT',
  url: '/me/password',
  permission: 'me.write',
  tag,
  summary: 'Change my password',
  description:
    'Ends every other session of the account and any change of its address that is not confirmed yet, and is told by mail.',
  body: PasswordChange,
  answers: { 204: null },
  problems: ['password.incorrect', ...weakPasswords],
  example: { body: { currentPassword: 'good dog, stay safe', newPassword: 'good cat, come home' } },
})

export const requestEmailChange = route({
  operationId: 'requestEmailChange',
  method: 'PUT',
  url: '/me/email-change',
  permission: 'me.write',
  tag,
  summary: 'Ask for another e-mail address',
  description:
    'Mails a link to the new address, good once within 30 minutes; the old address stays until it is followed. A newer ' +
    'request replaces an older one, and a new password takes it back.',
  body: EmailChange,
  answers: { 204: null },
  problems: ['password.incorrect'],
  example: { body: { email: 'maya@new.example.test', currentPassword: 'good dog, stay safe' } },
})

export const confirmEmailChange = route({
  operationId: 'confirmEmailChange',
  method: 'POST',
  url: '/auth/email-change',
  public: true,
  tag,
  summary: 'Confirm another e-mail address',
  description: 'Replaces the address with the one the link was mailed to. Both are told.',
  body: EmailChangeProof,
  answers: { 204: null },
  problems: ['auth.link-rejected', 'resource.conflict'],
  example: { body: { token: 'opaque-link-token' } },
})
