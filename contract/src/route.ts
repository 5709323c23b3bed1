import type { ProblemCode } from './errors.ts'
import type { Permission } from './scopes.ts'
import type { Static, TObject, TSchema } from './type.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Status = 200 | 201 | 204

/** Who may call: anyone, or whoever is signed in and holds the permission. */
export type Access = { readonly public: true } | { readonly permission: Permission }

/** A request body that is a file, and no JSON. */
export interface FileBody {
  /** What the file may be. */
  readonly mediaTypes: readonly string[]
  readonly mostBytes: number
  /** The one part of a form (multipart/form-data, RFC 7578) that the file is in; without it, the file is the body. */
  readonly part?: string
}

/** An answer that is a file. */
export interface FileAnswer {
  readonly mediaTypes: readonly string[]
  /** Parts may be asked for with `Range` (RFC 9110, section 14). */
  readonly ranges?: true
  /** It is made while it is sent, and has neither length nor tag. */
  readonly made?: true
  /** Browsers save it under the name it came with instead of showing it. */
  readonly attachment?: true
}

export interface RouteShape {
  readonly operationId: string
  readonly method: Method
  readonly url: `/${string}`
  readonly tag: string
  readonly summary: string
  readonly description: string
  readonly params?: TObject
  readonly query?: TObject
  readonly body?: TSchema
  readonly fileBody?: FileBody
  readonly fileAnswer?: FileAnswer
  /** The one success status, and its body unless there is none. */
  readonly answers: { readonly [S in Status]?: TSchema | null }
  /** Codes beyond those its shape implies: a permission brings `auth.*`, input `request.invalid`, POST `idempotency.*`. */
  readonly problems: readonly ProblemCode[]
  /** Answers hold tokens or records: no cache may keep them. */
  readonly noStore?: true
  /** The answer is the same for everybody, and caches may keep it for so many seconds. */
  readonly cacheSeconds?: number
  /** The answer holds sentences, in the language that `Accept-Language` asks for. */
  readonly spoken?: true
  /** Browsers save the answer under this name instead of showing it. */
  readonly attachment?: string
  /** The answer holds a secret that is not to be kept, so that the operation takes no Idempotency-Key. */
  readonly secret?: true
  readonly example: {
    readonly params?: Record<string, unknown>
    readonly query?: Record<string, unknown>
    readonly body?: unknown
    readonly answer?: unknown
  }
}

export type Route = RouteShape & Access

/** What a handler of the route is given, and what it gives back. */
export type Params<R extends Route> = R['params'] extends TObject ? Static<R['params']> : Record<string, never>
export type Query<R extends Route> = R['query'] extends TObject ? Static<R['query']> : Record<string, never>
export type Body<R extends Route> = R['body'] extends TSchema ? Static<R['body']> : undefined
export type Answer<R extends Route> = {
  [S in keyof R['answers']]: R['answers'][S] extends TSchema ? Static<R['answers'][S]> : null
}[keyof R['answers']]

/** Declares one operation of the API: validation, types, OpenAPI and the access test all come from it. */
export function route<const R extends Route>(declared: R): R {
  return declared
}

/** The media type that a file is sent in. */
export function mediaTypesOf({ mediaTypes, part }: FileBody): readonly string[] {
  return part === undefined ? mediaTypes : ['multipart/form-data']
}

/** The route's one success status. */
export function successStatus(declared: Route): Status {
  return Number(Object.keys(declared.answers)[0]) as Status
}
