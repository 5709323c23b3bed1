import Type, { type Static } from 'typebox'
import { Account } from './accounts.ts'
import { Closed, Email, Text } from './common.ts'
import { exampleAccount } from './examples.ts'
import { route } from './route.ts'

export const Credentials = Closed({ email: Email, password: Text(128) })

export const RefreshRequest = Closed({
  refreshToken: Type.String({ minLength: 1, maxLength: 512, description: 'From the newest Session; it works once' }),
})

export const Session = Closed({
  accessToken: Type.String({ description: 'A JWT, `typ: at+jwt`; send it as `Authorization: Bearer …`' }),
  tokenType: Type.Literal('Bearer'),
  expiresIn: Type.Integer({ minimum: 1, maximum: 900, description: "Seconds until the access token's end" }),
  refreshToken: Type.String({ description: 'Opaque; buys the next pair, once' }),
  account: Account,
})

/** RFC 7517. */
export const Jwks = Closed({
  keys: Type.Array(
    Closed({
      kty: Type.String(),
      kid: Type.String(),
      use: Type.Literal('sig'),
      alg: Type.String(),
      crv: Type.String(),
      x: Type.String(),
      y: Type.Optional(Type.String()),
    }),
  ),
})

export type Credentials = Static<typeof Credentials>
export type RefreshRequest = Static<typeof RefreshRequest>
export type Session = Static<typeof Session>
export type Jwks = Static<typeof Jwks>

const tag = 'Accounts'

const session = {
  accessToken: 'header.payload.signature',
  tokenType: 'Bearer',
  expiresIn: 900,
  refreshToken: 'opaque-refresh-token',
  account: exampleAccount,
}

export const signIn = route({
  operationId: 'signIn',
  method: 'POST',
  url: '/auth/login',
  public: true,
  noStore: true,
  tag,
  summary: 'Sign in',
  description:
    'Starts a session. An unknown address and a wrong password answer alike and take the same time; repeated failures ' +
    'are throttled with 429.',
  body: Credentials,
  answers: { 200: Session },
  problems: ['auth.invalid-credentials'],
  example: { body: { email: 'maya@example.test', password: 'good dog, stay safe' }, answer: session },
})

export const refreshSession = route({
  operationId: 'refreshSession',
  method: 'POST',
  url: '/auth/refresh',
  public: true,
  noStore: true,
  tag,
  summary: 'Renew a session',
  description:
    'Trades the refresh token for a new pair. Every refresh token works once: one that comes back ends the session ' +
    'everywhere, since somebody else may hold it.',
  body: RefreshRequest,
  answers: { 200: Session },
  problems: ['auth.refresh-rejected'],
  example: { body: { refreshToken: session.refreshToken }, answer: session },
})

export const signOut = route({
  operationId: 'signOut',
  method: 'POST',
  url: '/auth/logout',
  permission: 'sessions.end',
  tag,
  summary: 'Sign out',
  description: "Ends the caller's session: its access and refresh tokens are refused everywhere from now on.",
  answers: { 204: null },
  problems: [],
  example: {},
})

export const getJwks = route({
  operationId: 'getJwks',
  method: 'GET',
  url: '/.well-known/jwks.json',
  public: true,
  tag,
  summary: 'Read the verification keys',
  description: 'The public keys that access tokens are verified with (RFC 7517), by `kid`.',
  answers: { 200: Jwks },
  problems: [],
  example: {
    answer: {
      keys: [
        {
          kty: 'OKP',
          kid: '2026-11',
          use: 'sig',
          alg: 'EdDSA',
          crv: 'Ed25519',
          x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
        },
      ],
    },
  },
})
