import type { TSchema, Type as TypeBox } from 'typebox'

export type { Static, TObject, TSchema, TUnsafe } from 'typebox'

type Schema = Record<string, unknown>

const optional = new WeakSet<object>()

/**
 * TypeBox's builders of JSON Schema that the contract needs, with TypeBox's types. TypeBox itself is loaded by nothing: it is 373
 * modules, 3 MB and a tenth of the start for these eleven (decision 27).
 */
const Type = {
  String: (options: Schema) => ({ type: 'string', ...options }),
  Number: (options: Schema) => ({ type: 'number', ...options }),
  Integer: (options: Schema) => ({ type: 'integer', ...options }),
  Boolean: (options: Schema) => ({ type: 'boolean', ...options }),
  Literal: (value: unknown, options: Schema) => ({ type: typeof value, const: value, ...options }),
  Array: (items: TSchema, options: Schema) => ({ type: 'array', items, ...options }),
  Union: (anyOf: TSchema[], options: Schema) => ({ anyOf, ...options }),
  Unsafe: (schema: Schema) => schema,
  Optional(schema: TSchema) {
    const mayBeLeftOut = { ...schema }
    optional.add(mayBeLeftOut)
    return mayBeLeftOut
  },
  Object(properties: Record<string, TSchema>, options: Schema) {
    const required = Object.keys(properties).filter((name) => !optional.has(properties[name] as TSchema))
    return { type: 'object', ...(required.length > 0 && { required }), properties, ...options }
  },
  Partial: ({ properties }: { properties: Schema }, options: Schema) => ({ type: 'object', properties, ...options }),
}

export default Type as unknown as Pick<typeof TypeBox, keyof typeof Type>
