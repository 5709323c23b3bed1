import type { EventRow } from '../events/event-rows.ts'
import type { Statement } from './statement.ts'

/** Something that reads. */
export interface Queryable {
  rows<Row>(statement: Statement): Promise<Row[]>
  row<Row>(statement: Statement): Promise<Row | undefined>
}

/** An open transaction: whatever writes takes one, so that the compiler tells readers from writers. */
export interface Tx extends Queryable {
  /** Which try of its work this is, from 1. */
  readonly attempt: number
  /** Events of this transaction, written with its commit. */
  readonly events: EventRow[]
  /**
   * Says that what is sent in this breath is the last: events and commit may travel with it. From here on only the
   * database may refuse; what is thrown after these statements have answered takes nothing back.
   */
  land(): void
}
