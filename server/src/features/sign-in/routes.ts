import { register, signIn as signInRoute } from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { registerAccount } from './register-account.ts'
import { signIn } from './sign-in.ts'

export function signInRoutes(serve: Serve, context: Context): void {
  serve.read(
    register,
    async ({ actor, body }) => {
      await registerAccount(context, actor, body)
      return { email: body.email, emailVerification: 'optional' as const }
    },
    { location: () => '/me' },
  )

  serve.read(signInRoute, ({ actor, body }) => signIn(context, actor, body))
}
