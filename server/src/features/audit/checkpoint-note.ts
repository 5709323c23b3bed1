import { hash, type KeyObject, sign, verify } from 'node:crypto'

/** What a checkpoint says; its text is what is signed, and what is published. */
export interface Checkpoint {
  /** Counted from 1. */
  readonly number: number
  /** Events sealed so far. */
  readonly size: number
  /** Of the RFC 6962 tree of their leaves. */
  readonly root: Buffer
  /** SHA-256 of the note before; null for the first. */
  readonly previous: Buffer | null
  readonly sealedAt: string
  /** The first and last event that it adds, in commit order. */
  readonly first: Place
  readonly last: Place
  /** SHA-256 of the entries that it adds. */
  readonly entries: Buffer
}

/** Where an event stands in commit order. */
export interface Place {
  readonly xid: string
  readonly id: string
}

const ORIGIN = 'petra/audit'

/** Signs a checkpoint as a note: C2SP tlog-checkpoint, with lines of our own. */
export function signNote(checkpoint: Checkpoint, privateKey: KeyObject, publicKey: KeyObject): string {
  const text = textOf(checkpoint)
  const signature = Buffer.concat([keyIdOf(publicKey), sign(null, Buffer.from(text), privateKey)])
  return `${text}\n— ${ORIGIN} ${signature.toString('base64')}\n`
}

function textOf({ number, size, root, previous, sealedAt, first, last, entries }: Checkpoint): string {
  return [
    ORIGIN,
    size,
    root.toString('base64'),
    `number ${number}`,
    `previous ${previous?.toString('base64') ?? '-'}`,
    `sealed ${sealedAt}`,
    `first ${first.xid} ${first.id}`,
    `last ${last.xid} ${last.id}`,
    `entries ${entries.toString('base64')}`,
    '',
  ].join('\n')
}

const NOTE =
  /^(?<text>petra\/audit\n(?<size>\d+)\n(?<root>\S+)\nnumber (?<number>\d+)\nprevious (?<previous>\S+)\nsealed (?<sealedAt>\S+)\nfirst (?<firstXid>\d+) (?<firstId>\S+)\nlast (?<lastXid>\d+) (?<lastId>\S+)\nentries (?<entries>\S+)\n)\n— petra\/audit (?<signature>\S+)\n$/

/** What a note says, when this key has signed it; null for anything else. */
export function openNote(note: string, publicKey: KeyObject): Checkpoint | null {
  const parts = NOTE.exec(note)?.groups
  if (!parts) return null
  const signature = Buffer.from(parts.signature as string, 'base64')
  if (!signature.subarray(0, 4).equals(keyIdOf(publicKey))) return null
  if (!verify(null, Buffer.from(parts.text as string), publicKey, signature.subarray(4))) return null
  return {
    number: Number(parts.number),
    size: Number(parts.size),
    root: Buffer.from(parts.root as string, 'base64'),
    previous: parts.previous === '-' ? null : Buffer.from(parts.previous as string, 'base64'),
    sealedAt: parts.sealedAt as string,
    first: { xid: parts.firstXid as string, id: parts.firstId as string },
    last: { xid: parts.lastXid as string, id: parts.lastId as string },
    entries: Buffer.from(parts.entries as string, 'base64'),
  }
}

/** What the next note calls this one. */
export function hashOfNote(note: string): Buffer {
  return hash('sha256', note, 'buffer')
}

/** C2SP signed-note: the first four bytes of the SHA-256 of name, line feed, 0x01 for Ed25519, and key. */
function keyIdOf(publicKey: KeyObject): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from(`${ORIGIN}\n\x01`), rawKey(publicKey)]), 'buffer').subarray(0, 4)
}

/** As the tools of C2SP signed-note take a key: name, id and key in one line. */
export function verifierKey(publicKey: KeyObject): string {
  const key = Buffer.concat([Buffer.of(1), rawKey(publicKey)])
  return `${ORIGIN}+${keyIdOf(publicKey).toString('hex')}+${key.toString('base64')}`
}

/** RFC 8410: the last 32 bytes of an Ed25519 key in SPKI. */
function rawKey(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
}
