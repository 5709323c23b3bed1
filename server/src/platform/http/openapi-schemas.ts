import * as contract from '@petra/contract'

type Json = Record<string, unknown>

/** The contract's objects by the names they are exported under: `Pet`, `Appointment`, `Booking`. */
const names = new Map<unknown, string>(
  Object.entries(contract).flatMap(([name, value]) =>
    /^[A-Z]/.test(name) && typeof value === 'object' && 'properties' in value ? [[value, name]] : [],
  ),
)

/**
 * Schemas that are told once, under a name, however often they are used. What a schema keeps under `documented` is told as a
 * part of it, though nothing is checked against it: a rule, and no matter of form, refuses what does not fit.
 */
export interface NamedSchemas {
  /** The schema with every named one inside it, and itself, replaced by a reference. */
  refer(schema: unknown): unknown
  /** What was referred to, by name. */
  readonly told: Json
}

export function openNamedSchemas(): NamedSchemas {
  const told: Json = {}

  function refer(schema: unknown): unknown {
    const name = names.get(schema)
    if (name === undefined) return expand(schema)
    if (!(name in told)) {
      told[name] = {}
      told[name] = expand(schema)
    }
    return { $ref: `#/components/schemas/${name}` }
  }

  function expand(schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map(refer)
    if (schema === null || typeof schema !== 'object') return schema
    const { documented, ...checked } = schema as Json
    return Object.fromEntries(
      Object.entries({ ...checked, ...(documented as Json) }).map(([key, part]) => [key, refer(part)]),
    )
  }

  return { refer, told }
}
