/** One SQL statement; a name makes it a prepared one. `sql-template-tag` makes the unnamed ones. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
  readonly name?: string
  /**
   * Of a statement whose rows are passed on: its columns come as the fields of a JSON object, in bytes, a comma behind each, together in one
   * that is called `fields` (`field-writer.ts`). Those that stand `apart` are values as ever; those that are `read` are both.
   */
  readonly passedOn?: { readonly apart: readonly string[]; readonly read: readonly string[] }
  /**
   * Each of its values is a column, with an element for every row it asks about: what it does for one it does for many at one go.
   * Its first parameter is one more column, added on the way, which tells who asks for each row; the first column of its answer, `asker`,
   * tells it back, and nobody else is given that row.
   */
  readonly isSetBased?: true
  /** Of a set-based statement that several ask with: for how many rows each. */
  readonly lots?: readonly number[]
}
