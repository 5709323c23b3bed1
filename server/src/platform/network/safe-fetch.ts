import { Resolver } from 'node:dns/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { isIP, type LookupFunction } from 'node:net'
import { addressList, isPublicAddress } from './public-address.ts'

/** Where requests of ours may go. */
export interface Reach {
  /** Whether plain HTTP is refused. */
  readonly httpsOnly: boolean
  /** CIDRs that may be reached though they are not public. */
  readonly allow: readonly string[]
  /** Every address of a name; without it, as the system's name servers say. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>
}

/** Why a request is not made; `reason` quotes nothing of the URL. */
export class UrlRefused extends Error {
  override readonly name = 'UrlRefused'
  readonly reason: string
  constructor(reason: string) {
    super(`The URL ${reason}`)
    this.reason = reason
  }
}

export interface SafeRequest {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Name look-up, connection and answer together. */
  readonly timeoutMs: number
}

export interface SafeAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
}

// To import them is to load all that they name, a WebSocket and with it `fetch` (decision 26).
const http = process.getBuiltinModule('node:http')
const https = process.getBuiltinModule('node:https')

const DNS_TRIES = { timeout: 1_000, tries: 2 }
const DNS_MS = 3_000
/** An answer's body is read so far, so that the peer is not cut off, and thrown away. */
const MOST_BODY_BYTES = 64 * 1024

/** Ports below 1024 belong to other protocols, and so do these of those above that browsers refuse (WHATWG Fetch). */
const otherProtocols = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
])

/**
 * Makes one request to an address that is public or allowed. The name is looked up once, all that it resolves to is judged, and the
 * connection goes to what was judged; redirects are answers like any other. Bodies of answers are not kept.
 * @throws UrlRefused, or the error of the connection
 */
export async function safeFetch(url: string, request: SafeRequest, reach: Reach): Promise<SafeAnswer> {
  const signal = AbortSignal.timeout(request.timeoutMs)
  const target = checkUrl(url, reach)
  const addresses = await addressesOf(target, reach, request.timeoutMs)
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<SafeAnswer>()
  const { method, headers, body } = request
  const { request: send } = target.protocol === 'https:' ? https : http
  const sent = send(target, { method, headers, signal, agent: false, lookup: pinned(addresses) })
  sent.on('error', reject)
  sent.on('response', (response) => {
    const answer = { status: response.statusCode ?? 0, headers: response.headers }
    let read = 0
    response.on('data', (chunk: Buffer) => {
      read += chunk.length
      if (read > MOST_BODY_BYTES) response.destroy()
    })
    response.on('error', reject)
    response.on('close', () => (response.complete || read > MOST_BODY_BYTES ? resolve(answer) : reject(new CutOff())))
  })
  sent.end(body)
  return promise
}

/** The peer ended the connection before its answer did. */
class CutOff extends Error {
  readonly code = 'ECONNRESET'
}

/**
 * Judges a URL and everything its name resolves to now.
 * @throws UrlRefused
 */
export async function requireSafeUrl(url: string, reach: Reach): Promise<void> {
  await addressesOf(checkUrl(url, reach), reach)
}

function checkUrl(text: string, { httpsOnly }: Reach): URL {
  if (!URL.canParse(text)) throw new UrlRefused('cannot be read')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new UrlRefused('must begin with https://')
  if (httpsOnly && url.protocol !== 'https:') throw new UrlRefused('must begin with https://')
  if (url.username !== '' || url.password !== '') throw new UrlRefused('must not carry credentials')
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const isWebPort = port === 443 || port === 80 || (port >= 1024 && !otherProtocols.has(port))
  if (!isWebPort) throw new UrlRefused('names a port of another protocol')
  return url
}

async function addressesOf({ hostname }: URL, { allow, resolve = lookUp }: Reach, mostMs = DNS_MS) {
  const literal = hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(literal)
    ? [literal]
    : await within(Math.min(mostMs, DNS_MS), resolve(hostname)).catch(() => [])
  if (addresses.length === 0) throw new UrlRefused('names a host that cannot be found')
  const isAllowed = addressList(allow)
  // One that is not is enough: names that lead here and there are how the inside of a network is reached.
  if (!addresses.every((address) => isIP(address) && (isPublicAddress(address) || isAllowed(address))))
    throw new UrlRefused('leads to an address that is not public')
  return addresses
}

/** Asks the name servers itself: the system's own look-up cannot be given up, and four that hang would hold up the process. */
async function lookUp(hostname: string): Promise<string[]> {
  const resolver = new Resolver(DNS_TRIES)
  const found = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
  return found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('The name servers do not answer')), ms)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Answers with the addresses that were judged, whatever the name resolves to by now. */
function pinned(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_hostname, options, callback) => {
    const [first] = all
    if (options.all) callback(null, all)
    else callback(null, first?.address ?? '', first?.family)
  }
}
