import { NewPassword } from './accounts.ts'
import { Closed, Email } from './common.ts'
import { route } from './route.ts'
import { LinkToken, weakPasswords } from './sign-in.ts'
import Type, { type Static } from './type.ts'

const Code = Type.String({ pattern: '^\\d{6}$', description: 'The six digits of the mail', examples: ['123456'] })

const proof = { token: Type.Optional(LinkToken), email: Type.Optional(Email), code: Type.Optional(Code) }

/** The link's token alone, or the code with the address it was mailed to. */
const tokenOrCode = {
  oneOf: [{ required: ['token'] }, { required: ['email', 'code'] }],
  dependentRequired: { email: ['code'], code: ['email'] },
}

/** That mail to an address arrives. */
export const EmailProof = Closed(proof, tokenOrCode)

export const PasswordReset = Closed({ ...proof, newPassword: NewPassword }, tokenOrCode)

export const AddressToMail = Closed({ email: Email })

export type EmailProof = Static<typeof EmailProof>
export type PasswordReset = Static<typeof PasswordReset>
export type AddressToMail = Static<typeof AddressToMail>

const tag = 'Signing in'

const once =
  'Send the `token` of the link, or the `code` together with the `email`. Either is good once, for 10 minutes, and only the ' +
  'newest; after five wrong codes only the link is left.'

export const verifyEmail = route({
  operationId: 'verifyEmail',
  method: 'POST',
  url: '/auth/email-verification',
  public: true,
  tag,
  summary: 'Confirm an e-mail address',
  description: once,
  body: EmailProof,
  answers: { 204: null },
  problems: ['auth.link-rejected', 'auth.code-rejected'],
  example: { body: { email: 'maya@example.test', code: '123456' } },
})

export const resendEmailVerification = route({
  operationId: 'resendEmailVerification',
  method: 'POST',
  url: '/auth/email-verification/resend',
  public: true,
  tag,
  summary: 'Mail the confirmation again',
  description: 'Answers the same whether the address is known or not, or confirmed already.',
  body: AddressToMail,
  answers: { 204: null },
  problems: [],
  example: { body: { email: 'maya@example.test' } },
})

export const requestPasswordReset = route({
  operationId: 'requestPasswordReset',
  method: 'POST',
  url: '/auth/password-reset',
  public: true,
  tag,
  summary: 'Mail a way to a new password',
  description: 'Answers the same whether the address is known or not.',
  body: AddressToMail,
  answers: { 204: null },
  problems: [],
  example: { body: { email: 'maya@example.test' } },
})

export const resetPassword = route({
  operationId: 'resetPassword',
  method: 'PUT',
  url: '/auth/password-reset',
  public: true,
  tag,
  summary: 'Set a new password by mail',
  description: `${once} Ends every session of the account and any change of its address that is not confirmed yet, confirms the address, and is told by mail.`,
  body: PasswordReset,
  answers: { 204: null },
  problems: ['auth.link-rejected', 'auth.code-rejected', ...weakPasswords],
  example: { body: { token: 'opaque-link-token', newPassword: 'good cat, come home' } },
})
