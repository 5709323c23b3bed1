/** One SQL statement; a name makes it a prepared one. `sql-template-tag` makes the unnamed ones. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
  readonly name?: string
}
