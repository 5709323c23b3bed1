import type { Statement } from './statement.ts'

/**
 * Parameters that are columns, as a table. How long they are is kept from the planner, which would plan anew whenever they are short; one
 * `unnest` of them all would gather each column in a store of its own, for 8 µs.
 * @param columns by name: the type of each; a list's, as `uuid[]`, takes the three parameters that `columnOfLists` gives
 * @param first of its parameters
 */
export function unnested(table: string, columns: Readonly<Record<string, string>>, first = 1): string {
  const [lead = '', ...others] = Object.keys(columns)
  let next = first + 1
  const element = (type: string) => `($${next++}::${type}[])[at::int]`
  const values = others.map((name) => {
    const type = columns[name] as string
    if (!isList(type)) return `${element(type)} as ${name}`
    return `($${next++}::${type})[${element('int')}:${element('int')}] as ${name}`
  })
  return `(select ${[lead, ...values]} from unnest((select $${first}::${columns[lead]}[])) with ordinality as _ (${lead}, at)) as ${table}`
}

/** Whether a column of this type is one of lists. */
export function isList(type: string): boolean {
  return type.endsWith('[]')
}

/**
 * A column of lists, which as an array of arrays would have to be of one length: the elements of all, one behind the other, and which of
 * them are each list's first and last.
 */
export function columnOfLists(lists: readonly (readonly unknown[] | null)[]): unknown[][] {
  const elements: unknown[] = []
  const first: unknown[] = []
  const last: unknown[] = []
  for (const list of lists) {
    first.push(list && elements.length + 1)
    if (list) for (const element of list) elements.push(element)
    last.push(elements.length)
  }
  return [elements, first, last]
}

/** Several set-based statements of one name as one: the columns of each go one below the other. */
export function joined(statements: readonly Statement[]): Statement {
  const [first] = statements as [Statement]
  const values = first.values.map((_, column) => statements.flatMap((each) => each.values[column]))
  return { ...first, values, lots: statements.map(lengthOf) }
}

/** What a statement is sent with: before the columns of a set-based one, who asks for each row. */
export function parametersOf(statement: Statement): readonly unknown[] {
  const { values, isSetBased, lots = [lengthOf(statement)] } = statement
  if (!isSetBased || values.length === 0) return values
  return [lots.flatMap((rows, asker) => Array(rows).fill(asker)), ...values]
}

function lengthOf({ values }: Statement): number {
  return (values[0] as readonly unknown[] | undefined)?.length ?? 0
}
