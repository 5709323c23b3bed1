import Type, { type Static, type TSchema, type TUnsafe } from './type.ts'

/** A value that may be unknown: `null` on the wire. */
export function Nullable<T extends TSchema>(schema: T): TUnsafe<Static<T> | null> {
  const { type, ...rest } = schema as T & { type?: string }
  return Type.Unsafe<Static<T> | null>(
    type === undefined
      ? { anyOf: [schema, { type: 'null' }] }
      : { ...rest, type: [type, 'null'], ...('enum' in rest ? { enum: [...(rest.enum as unknown[]), null] } : {}) },
  )
}

/** One of a closed list of strings. */
export function OneOf<const V extends readonly string[]>(values: V, options: object = {}): TUnsafe<V[number]> {
  return Type.Unsafe<V[number]>({ type: 'string', enum: [...values], ...options })
}

/** A closed object: fields that are not named are refused. */
export function Closed<P extends Record<string, TSchema>>(properties: P, options: object = {}) {
  return Type.Object(properties, { additionalProperties: false, ...options })
}

/** Text a person typed: no NUL and no lone surrogate, both of which PostgreSQL cannot store. */
export function Text(maxLength: number, options: object = {}) {
  return Type.String({ minLength: 1, maxLength, format: 'storable-text', ...options })
}

export const Id = Type.String({ format: 'uuid', description: 'UUID; ids made by Petra are version 7' })

export const Instant = Type.String({
  format: 'date-time',
  description: 'RFC 3339, in UTC when Petra says it',
  examples: ['2027-03-15T13:00:00Z'],
})

export const LocalDate = Type.String({
  format: 'date',
  description: 'In the years 1900 to 2999',
  examples: ['2027-03-15'],
})

export const LocalDateTime = Type.String({
  format: 'local-date-time',
  description: "Wall-clock time without offset, in the location's zone",
  examples: ['2027-03-15T09:00:00'],
})

/** An instant with an offset, or a wall-clock time, then in the location's zone. */
export const InstantOrLocal = Type.String({
  format: 'instant-or-local',
  description: 'RFC 3339 with an offset, or a local date-time without one (then the location must be named)',
  examples: ['2027-03-15T09:00:00-04:00', '2027-03-15T09:00'],
})

export const Email = Type.String({ format: 'email', maxLength: 254, examples: ['maya@example.test'] })

export const pageQuery = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 100, default: 25, description: 'How many items at the most' }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 512, description: 'The `nextCursor` of the page before' })),
}

/** A page of a list; `nextCursor` is null on the last one. */
export function Page<T extends TSchema>(item: T) {
  return Closed({ items: Type.Array(item), nextCursor: Nullable(Type.String()) })
}

export const FieldError = Closed({
  pointer: Type.String({ description: 'JSON pointer into the request: /body/…, /query/…, /params/… or /headers/…' }),
  message: Type.String(),
})

/** RFC 9457. Some codes add members of their own, named in the operation's description. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'A URI naming the problem type' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String({ description: 'Machine-readable, never changes' }),
    requestId: Type.String(),
    errors: Type.Optional(Type.Array(FieldError)),
  },
  { additionalProperties: true },
)

export type Id = Static<typeof Id>
export type Problem = Static<typeof Problem>

export const confirmUnusual = Type.Optional(
  Type.Boolean({ description: 'The values are right, however unusual for the species; never kept' }),
)
