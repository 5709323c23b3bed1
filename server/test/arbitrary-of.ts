import fc from 'fast-check'

/** The parts of JSON Schema that the contract uses. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly examples?: readonly string[]
}

/** Ids and slugs that exist, by the names of the fields they go into: with them a request gets past its first look-up. */
export type Known = Readonly<Record<string, readonly string[]>>

/** Values for the field of that name: mostly such as fit its schema, now and then such as nobody should send. */
export function arbitraryOf(schema: Schema, known: Known, name = ''): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: fitting(schema, known, name), weight: 40 }, { arbitrary: hostile, weight: 1 })
}

/** A closed object's fields, each for itself; now and then one is missing or one too many. */
export function fieldsOf(schema: Schema, known: Known): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(schema.properties ?? {}).map(
    ([name, field]) => [name, arbitraryOf(field, known, name)] as const,
  )
  const record = fc.record(Object.fromEntries(fields), {
    requiredKeys: [...(schema.required ?? [])],
    noNullPrototype: true,
  })
  const extra = fc.tuple(record, fc.constantFrom('isAdmin', '__proto__', 'constructor', ''), hostile)
  const surplus = extra.map(([fitting, name, value]) => Object.fromEntries([...Object.entries(fitting), [name, value]]))
  return fc.oneof({ arbitrary: record, weight: 30 }, { arbitrary: surplus, weight: 1 })
}

function fitting(schema: Schema, known: Known, name: string): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => arbitraryOf(one, known, name)))
  const types = [schema.type ?? 'object'].flat()
  return fc.oneof(...types.map((type) => ofType(type, schema, known, name)))
}

function ofType(type: string, schema: Schema, known: Known, name: string): fc.Arbitrary<unknown> {
  const { minimum = -3, maximum = 1_000_000, items = {} } = schema
  if (type === 'string') return text(schema, known[name])
  if (type === 'integer' || type === 'number') return fc.integer({ min: minimum, max: maximum })
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  if (type === 'array') return fc.array(arbitraryOf(items, known, name), { maxLength: 4 })
  return fieldsOf(schema, known)
}

function text(
  { format, pattern, examples = [], maxLength = 40 }: Schema,
  known: readonly string[] = [],
): fc.Arbitrary<string> {
  const typical = [...known, ...(known.length > 0 ? [] : [...examples, ...(formats[format ?? ''] ?? [])])]
  const any = fc.string({ unit: 'binary', minLength: 1, maxLength: Math.min(maxLength, 40) })
  if (typical.length === 0) return pattern === undefined ? any : fc.stringMatching(new RegExp(pattern), { maxLength })
  return fc.oneof({ arbitrary: fc.constantFrom(...typical), weight: 20 }, { arbitrary: any, weight: 1 })
}

const formats: Record<string, string[]> = {
  uuid: ['01980a6e-0c00-7000-8000-000000000000', '01980A6E-0C00-7000-8000-000000000000'],
  date: ['2027-03-15', '2027-03-14', '1900-01-01', '2999-12-31', '2028-02-29'],
  'date-time': ['2027-03-15T13:00:00Z', '1900-01-01T00:00:00+14:00', '2999-12-31T23:59:59.999999999-12:00'],
  'local-date-time': [
    '2027-03-15T09:00',
    '2027-03-15T17:00:00',
    '2027-03-14T02:30',
    '1900-01-01T00:00',
    '2999-12-31T23:59:59',
  ],
  'instant-or-local': [
    '2027-03-15T09:00',
    '2027-03-15T09:00:00-04:00',
    '2027-11-07T01:30',
    '1900-01-01T00:00:00Z',
    '2999-12-31T23:59',
  ],
  'wall-time': ['09:00', '17:00', '00:00', '24:00', '22:00'],
  'time-zone': ['America/New_York', 'Europe/London', 'Pacific/Apia', 'Asia/Kathmandu', 'UTC', 'EST5EDT'],
  email: ['maya@example.test', 'ada@example.test', "o'neil+x@example.test"],
  microchip: ['276098106123456'],
}

const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    '',
    '\0',
    '\ud800',
    'x'.repeat(3_000),
    '%00',
    "'; drop table pets; --",
    '../..',
    '{{7*7}}',
    '\u202e',
  ),
  fc.constantFrom<unknown>(-1, 0, -0, 1e308, 2 ** 53, -(2 ** 31) - 1, 0.1, [], {}, [[]], null, true),
)
