import { Account } from './accounts.ts'
import { Closed, Id, Instant, Nullable, Page, pageQuery } from './common.ts'
import { exampleAccount, exampleIds } from './examples.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const RefreshRequest = Closed({
  refreshToken: Type.String({ minLength: 1, maxLength: 512, description: 'From the newest Session' }),
})

export const Session = Closed({
  accessToken: Type.String({ description: 'A JWT, `typ: at+jwt`; send it as `Authorization: Bearer …`' }),
  tokenType: Type.Literal('Bearer'),
  expiresIn: Type.Integer({ minimum: 1, maximum: 900, description: "Seconds until the access token's end" }),
  refreshToken: Type.String({ description: 'Opaque; buys the next pair' }),
  account: Account,
})

export const ActiveSession = Closed({
  id: Id,
  device: Nullable(Type.String({ description: 'The `User-Agent` it last signed in or renewed with' })),
  address: Nullable(Type.String({ description: 'The IP address it last signed in or renewed from' })),
  createdAt: Instant,
  lastSeenAt: Type.String({
    format: 'date-time',
    description:
      'When it last signed in or was renewed; a device in use renews its session every 15 minutes, and may have been ' +
      'seen up to that much later',
  }),
  current: Type.Boolean({ description: 'Whether it is the one that asks' }),
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

export type RefreshRequest = Static<typeof RefreshRequest>
export type Session = Static<typeof Session>
export type ActiveSession = Static<typeof ActiveSession>
export type Jwks = Static<typeof Jwks>

const tag = 'Accounts'

const session = {
  accessToken: 'header.payload.signature',
  tokenType: 'Bearer',
  expiresIn: 900,
  refreshToken: 'opaque-refresh-token',
  account: exampleAccount,
}

export const refreshSession = route({
  operationId: 'refreshSession',
  method: 'POST',
  url: '/auth/refresh',
  public: true,
  noStore: true,
  tag,
  summary: 'Renew a session',
  description:
    'Trades the refresh token for a new pair. A client that lost the answer asks again with the same token: within 10 ' +
    'seconds it gets the same successor. A token that comes back later, or is older, ends the session everywhere, since ' +
    'somebody else may hold it. A session ends after 30 days without renewal, and after 90 days in any case.',
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
  description:
    'The public keys that access tokens are verified with (RFC 7517), by `kid`. A new key is shown 5 minutes before it ' +
    'signs, an old one until the last token it signed has expired.',
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

const exampleSession = {
  id: exampleIds.session,
  device: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X)',
  address: '203.0.113.7',
  createdAt: '2026-11-01T09:00:00Z',
  lastSeenAt: '2026-11-22T09:15:00Z',
  current: true,
}

export const listSessions = route({
  operationId: 'listSessions',
  method: 'GET',
  url: '/me/sessions',
  permission: 'sessions.read',
  noStore: true,
  tag,
  summary: 'List my sessions',
  description: 'The devices that are signed in to my account, the newest sign-in first.',
  query: Closed(pageQuery),
  answers: { 200: Page(ActiveSession) },
  problems: [],
  example: { answer: { items: [exampleSession], nextCursor: null } },
})

export const endSession = route({
  operationId: 'endSession',
  method: 'DELETE',
  url: '/me/sessions/{sessionId}',
  permission: 'sessions.end',
  tag,
  summary: 'End a session',
  description: 'Signs one of my devices out: its tokens are refused everywhere within 2 seconds.',
  params: Closed({ sessionId: Id }),
  answers: { 204: null },
  problems: ['resource.not-found'],
  example: { params: { sessionId: exampleIds.session } },
})

export const endOtherSessions = route({
  operationId: 'endOtherSessions',
  method: 'DELETE',
  url: '/me/sessions',
  permission: 'sessions.end',
  tag,
  summary: 'End all my other sessions',
  description: 'Signs all my devices out but the one that asks. Personal access tokens stay; revoke them one by one.',
  answers: { 204: null },
  problems: [],
  example: {},
})
