import type pg from 'pg'
import { serialize } from 'pg-protocol'
import { binaryReader, type ReadColumn, textReader } from './column-types.ts'

export type Row = Record<string, unknown>
type Column = readonly [name: string, read: ReadColumn]

/** The columns of a statement's answer. */
export interface AnswerColumns {
  readonly columns: readonly Column[]
  /** The formats that they are asked for in, as a Bind message ends with them; where there are none, all come as text. */
  readonly formats?: Buffer
}

/** The columns of an answer that came as text. */
export function columnsAsText(fields: readonly pg.FieldDef[]): AnswerColumns {
  return { columns: fields.map(({ name, dataTypeID }) => [name, textReader(dataTypeID)]) }
}

/** The same columns, each in the format that is best for it, as they are asked for once the answer has been described. */
export function columnsAtBest(fields: readonly pg.FieldDef[]): AnswerColumns {
  const binary = fields.map(({ dataTypeID }) => binaryReader(dataTypeID))
  if (!binary.some(Boolean)) return columnsAsText(fields)
  const formats = Buffer.alloc(2 + 2 * fields.length)
  formats.writeUInt16BE(fields.length)
  for (const [index, reader] of binary.entries()) formats.writeUInt16BE(reader ? 1 : 0, 2 + 2 * index)
  return {
    columns: fields.map(({ name, dataTypeID }, index) => [name, binary[index] ?? textReader(dataTypeID)]),
    formats,
  }
}

/** What pg's own Bind message ends with: one format for all columns, which is text. */
const ALL_TEXT_BYTES = 4

/** A Bind message whose answer comes in these formats. */
export function bind(statement: string, values: readonly unknown[], formats?: Buffer): Buffer {
  const message = serialize.bind({ statement, values: values as never })
  if (!formats) return message
  const bound = Buffer.concat([message.subarray(0, -ALL_TEXT_BYTES), formats])
  bound.writeUInt32BE(bound.length - 1, 1)
  return bound
}
