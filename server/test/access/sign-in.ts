import assert from 'node:assert/strict'
import { blindIndex } from '../../src/platform/keys/blind-index.ts'
import { type LinkPurpose, linkToken } from '../../src/platform/link-token.ts'
import { addAccount } from '../world.ts'
import type { Persona } from './cast.ts'
import type { Stage } from './stage.ts'
import { post, put, type Request, table } from './table.ts'

const password = 'good dog, stay safe'

/** What is open to all is open to everybody; whoever is signed in changes their own password and address. */
export const signIn = table(
  `
                            nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    register                new    new   new   new   new   new   new   new   new   new   new   new   new    new   new
    signIn                  gus    gus   gus   gus   gus   gus   gus   gus   gus   gus   gus   gus   gus    gus   gus
    verifyEmail             done   done  done  done  done  done  done  done  done  done  done  done  done   done  done
    resendEmailVerification done   done  done  done  done  done  done  done  done  done  done  done  done   done  done
    requestPasswordReset    done   done  done  done  done  done  done  done  done  done  done  done  done   done  done
    resetPassword           done   done  done  done  done  done  done  done  done  done  done  done  done   done  done
    changePassword          401    done  done  done  done  done  done  done  done  done  done  done  done   done  done
    requestEmailChange      401    done  done  done  done  done  done  done  done  done  done  done  done   done  done
    confirmEmailChange      done   done  done  done  done  done  done  done  done  done  done  done  done   done  done
  `,
  {
    register: {
      ask: (_, who) => post('/auth/register', registration(who)),
      looks: {
        new: (body, { who }) =>
          assert.deepEqual(body, { email: registration(who).email, emailVerification: 'optional' }),
      },
    },
    signIn: {
      ask: ({ credentials }) => post('/auth/login', credentials),
      looks: { gus: ({ account }, { stage }) => assert.equal(account.email, stage.credentials.email) },
    },
    verifyEmail: {
      ask: async (stage, who) => post('/auth/email-verification', { token: await mailed(stage, who, 'verify') }),
    },
    resendEmailVerification: {
      ask: (_, who) => post('/auth/email-verification/resend', { email: `resend-${who}@example.test` }),
    },
    requestPasswordReset: { ask: (_, who) => post('/auth/password-reset', { email: `forgot-${who}@example.test` }) },
    resetPassword: {
      ask: async (stage, who) =>
        put('/auth/password-reset', {
          token: await mailed(stage, who, 'reset'),
          newPassword: 'new dog, stay safe',
        }),
    },
    changePassword: {
      ask: (stage, who) =>
        asTwin(stage, who, put('/me/password', { currentPassword: password, newPassword: 'new dog, stay safe' })),
    },
    requestEmailChange: {
      ask: (stage, who) =>
        asTwin(stage, who, put('/me/email-change', { email: `moved-${who}@example.test`, currentPassword: password })),
    },
    confirmEmailChange: {
      ask: async (stage, who) => post('/auth/email-change', { token: await changing(stage, who) }),
    },
  },
)

function registration(who: Persona, kind = 'new') {
  return { email: `${kind}-${who}@example.test`, password, name: who }
}

/** The token of the newest mail to an account that was opened for it. */
async function mailed({ house }: Stage, who: Persona, kind: 'verify' | 'reset'): Promise<string> {
  const purpose: LinkPurpose = kind === 'verify' ? 'email-verification' : 'password-reset'
  const { email } = registration(who, kind)
  await house.call('POST', '/auth/register', { body: registration(who, kind) })
  if (kind === 'reset') await house.call('POST', '/auth/password-reset', { body: { email } })
  const { keyring } = house.context
  const index = blindIndex(keyring, 'email', email)
  const [{ id }] = await house.sql('select id from challenges where email_index = $1 and purpose = $2', [
    index,
    purpose,
  ])
  return linkToken(keyring, purpose, id)
}

async function changing({ house }: Stage, who: Persona): Promise<string> {
  const body = registration(who, 'changing')
  await house.call('POST', '/auth/register', { body })
  const session = (await house.call('POST', '/auth/login', { body: { email: body.email, password } })).body
  const headers = { authorization: `Bearer ${session.accessToken}` }
  const change = { email: `changed-${who}@example.test`, currentPassword: password }
  await house.call('PUT', '/me/email-change', { headers, body: change })
  const [{ id }] = await house.sql('select id from email_changes where account_id = $1', [session.account.id])
  return linkToken(house.context.keyring, 'email-change', id)
}

/** The same request by somebody of the same roles, who has a password and no other session. */
async function asTwin({ house, ids, credentials }: Stage, who: Persona, request: Request): Promise<Request> {
  if (ids[who] === null) return request
  const [{ roles }] = await house.sql('select roles from accounts where id = $1', [ids[who]])
  const twin = await addAccount(house, `${who} twin ${request.path.length}`, ...roles)
  await house.sql(
    `update accounts set password_hash = (select password_hash from accounts where name = 'Gus') where id = $1`,
    [twin],
  )
  assert.equal(credentials.password, password)
  return { ...request, headers: { authorization: `Bearer ${await house.signIn(twin)}` } }
}
