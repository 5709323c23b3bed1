import type pg from 'pg'
import { serialize } from 'pg-protocol'
import { binaryReader, type ReadColumn, textReader } from './column-types.ts'
import { type Field, fieldsOf } from './field-writer.ts'
import type { Statement } from './statement.ts'

export type Row = Record<string, unknown>

interface Column {
  readonly name: string
  /** How it is had as a value, if it is. */
  readonly read: ReadColumn | undefined
  /** How it is passed on, if it is. */
  readonly field: Field | undefined
}

/** The columns of a statement's answer. */
export interface AnswerColumns {
  readonly columns: readonly Column[]
  /** The formats that they are asked for in, as a Bind message ends with them; where there are none, all come as text. */
  readonly formats?: Buffer
}

type PassedOn = Statement['passedOn']

/** The columns of an answer that came as text. */
export function columnsAsText(described: readonly pg.FieldDef[], passedOn: PassedOn): AnswerColumns {
  return { columns: columnsOf(described, passedOn, ({ dataTypeID }) => textReader(dataTypeID)) }
}

/** The same columns, each in the format that is best for it, as they are asked for once the answer has been described. */
export function columnsAtBest(described: readonly pg.FieldDef[], passedOn: PassedOn): AnswerColumns {
  const binary = described.map(({ dataTypeID }) => binaryReader(dataTypeID))
  if (!binary.some(Boolean)) return columnsAsText(described, passedOn)
  const formats = Buffer.alloc(2 + 2 * described.length)
  formats.writeUInt16BE(described.length)
  for (const [index, reader] of binary.entries()) formats.writeUInt16BE(reader ? 1 : 0, 2 + 2 * index)
  return {
    columns: columnsOf(described, passedOn, ({ dataTypeID }) => binaryReader(dataTypeID) ?? textReader(dataTypeID)),
    formats,
  }
}

function columnsOf(
  described: readonly pg.FieldDef[],
  passedOn: PassedOn,
  readerOf: (column: pg.FieldDef) => ReadColumn,
): Column[] {
  const isField = ({ name }: pg.FieldDef) => passedOn && name !== 'asker' && !passedOn.apart.includes(name)
  const written = described.filter(isField)
  const fields = new Map(fieldsOf(written).map((field, index) => [written[index], field]))
  return described.map((column) => {
    const isValue = !isField(column) || passedOn?.read.includes(column.name)
    return { name: column.name, read: isValue ? readerOf(column) : undefined, field: fields.get(column) }
  })
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
