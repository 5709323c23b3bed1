import type { Statement } from './statement.ts'

/**
 * Parameters that are columns, as a table. How long they are is kept from the planner, which would plan anew whenever they are short; one
 * `unnest` of them all would gather each column in a store of its own, for 8 µs.
 * @param columns by name: the type of each
 * @param first of its parameters
 */
export function unnested(table: string, columns: Readonly<Record<string, string>>, first = 1): string {
  const [lead = '', ...others] = Object.keys(columns)
  const values = others.map((name, index) => `($${first + 1 + index}::${columns[name]}[])[at::int] as ${name}`)
  return `(select ${[lead, ...values]} from unnest((select $${first}::${columns[lead]}[])) with ordinality as _ (${lead}, at)) as ${table}`
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
