import {
  changePassword as changePasswordRoute,
  confirmEmailChange as confirmEmailChangeRoute,
  register,
  requestEmailChange as requestEmailChangeRoute,
  requestPasswordReset,
  resendEmailVerification,
  resetPassword as resetPasswordRoute,
  signIn as signInRoute,
  verifyEmail as verifyEmailRoute,
} from '@petra/contract'
import type { Serve } from '../../platform/http/serve.ts'
import { changePassword } from './change-password.ts'
import { confirmEmailChange } from './confirm-email-change.ts'
import { mailChallenge } from './mail-challenge.ts'
import { registerAccount } from './register-account.ts'
import { requestEmailChange } from './request-email-change.ts'
import { resetPassword } from './reset-password.ts'
import { signIn } from './sign-in.ts'
import type { SignInContext } from './sign-in-context.ts'
import { verifyEmail } from './verify-email.ts'

export function signInRoutes(serve: Serve, context: SignInContext): void {
  const { emailVerification } = context.config

  serve.read(
    register,
    async ({ actor, body }) => {
      await registerAccount(context, actor, body)
      return { email: body.email, emailVerification }
    },
    { location: () => '/me' },
  )

  serve.read(signInRoute, ({ actor, body }) => signIn(context, actor, body))

  serve.read(verifyEmailRoute, ({ actor, body }) => verifyEmail(context, actor, body))

  serve.read(resendEmailVerification, ({ actor, body }) =>
    mailChallenge(context, actor, 'email-verification', body.email),
  )

  serve.read(requestPasswordReset, ({ actor, body }) => mailChallenge(context, actor, 'password-reset', body.email))

  // None of these three has a representation whose tag a request could name.
  serve.read(resetPasswordRoute, ({ actor, body, requireFresh }) => {
    requireFresh(null)
    return resetPassword(context, actor, body)
  })

  serve.read(changePasswordRoute, ({ actor, body, requireFresh }) => {
    requireFresh(null)
    return changePassword(context, actor, body)
  })

  serve.read(requestEmailChangeRoute, ({ actor, body, requireFresh }) => {
    requireFresh(null)
    return requestEmailChange(context, actor, body)
  })

  serve.write(confirmEmailChangeRoute, (tx, { actor, body }) => confirmEmailChange(tx, context, actor, body))
}
