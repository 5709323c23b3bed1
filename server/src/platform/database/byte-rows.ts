import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import pg from 'pg'
import { Parser } from 'pg-protocol/dist/parser.js'

/** Who wants rows in bytes. */
export interface RowTaker {
  /**
   * The columns of a row are in `bytes` from `at` on, each behind its length in four bytes, which is -1 for a null.
   * What is kept of them is copied: the next answer comes into the same bytes.
   */
  takeRow(bytes: Buffer, at: number): void
  /** The types of a statement's parameters, where it is described. */
  takeParameters(types: readonly number[]): void
}

/** The connection of a `ByteRowClient`. */
export interface ByteRowConnection extends pg.Connection {
  /** Who is being answered. A closure in its place would have V8 promote all rows before their time (decision 23). */
  rowTaker?: RowTaker | undefined
}

/**
 * A client whose rows can be had in bytes, to read each column as what it is. pg makes a text of every column first, and of
 * sealed content one that is twice as long: a list of records took twice the time to read.
 */
export class ByteRowClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config)
    const { connection } = this as unknown as { connection: Opening }
    if (!connection.ssl) connection.stream = socketOfOneBuffer()
    connection.attachListeners = (stream) => hear(stream, connection)
  }
}

/** A connection that is not connected yet. */
interface Opening extends ByteRowConnection {
  readonly ssl: unknown
  stream: Duplex
  /** Called with the stream that it is to hear: the socket, or what TLS has put over it. */
  attachListeners(stream: Duplex): void
}

const READ_BYTES = 65_536

/** A socket that reads into the same bytes every time: new ones for every read, which is Node's way, wait for the collector. */
function socketOfOneBuffer(): Socket {
  const tell = (length: number, bytes: Uint8Array) => socket.emit('data', bytes.subarray(0, length))
  const socket: Socket = new Socket({ onread: { buffer: Buffer.allocUnsafeSlow(READ_BYTES), callback: tell } })
  return socket
}

/** A message is a code of one byte, a length of four, which counts itself, and the rest. */
const LENGTH_AT = 1
const HEADER_BYTES = 5
const DATA_ROW = 'D'.charCodeAt(0)
/** How many columns there are comes first. */
const COLUMNS_AT = HEADER_BYTES + 2

/** Hands rows over, and all else to pg's own parser. */
function hear(stream: Duplex, connection: ByteRowConnection): void {
  const parser = new Parser()
  let begun: Buffer = Buffer.alloc(0)

  stream.on('data', (chunk: Buffer) => {
    const bytes = begun.length === 0 ? chunk : Buffer.concat([begun, chunk])
    let passedOn = 0
    let at = 0
    const passOn = () => {
      if (at > passedOn) parser.parse(bytes.subarray(passedOn, at), tell)
    }
    while (at + HEADER_BYTES <= bytes.length) {
      const next = at + LENGTH_AT + bytes.readUInt32BE(at + LENGTH_AT)
      if (next > bytes.length) break
      if (bytes[at] === DATA_ROW && connection.rowTaker) {
        passOn()
        connection.rowTaker.takeRow(bytes, at + COLUMNS_AT)
        passedOn = next
      }
      at = next
    }
    passOn()
    begun = Buffer.from(bytes.subarray(at))
  })

  function tell(message: { readonly name: string; readonly dataTypeIDs?: readonly number[] }): void {
    if (message.dataTypeIDs) connection.rowTaker?.takeParameters(message.dataTypeIDs)
    connection.emit(message.name === 'error' ? 'errorMessage' : message.name, message)
  }
}
