import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a test asks of a key server: to answer, to say nothing, to hang up, or to answer with a status. */
export type Mood = 'well' | 'silent' | 'gone' | number

export interface KmsServer extends AsyncDisposable {
  readonly endpoint: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  mood: Mood
  /** What was asked, as it was asked: operation and body. */
  readonly asked: { readonly operation: string; readonly body: KmsRequest }[]
  /** The ARN of the key that the alias means. */
  current(): string
  /** Turns the alias to a new key, and says its ARN. */
  turnAlias(): string
}

interface KmsRequest {
  readonly KeyId: string
  readonly Plaintext?: string
  readonly CiphertextBlob?: string
  readonly EncryptionContext?: Record<string, string>
}

/** AWS KMS as far as Petra speaks to it: it takes requests whose SigV4 signature it can make itself, and no others. */
export async function openKmsServer(region = 'eu-west-1', alias = 'alias/petra'): Promise<KmsServer> {
  const keys = new Map<string, Buffer>()
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: randomBytes(20).toString('hex') }
  let aliased = addKey()

  function addKey(): string {
    const arn = `arn:aws:kms:${region}:111122223333:key/${crypto.randomUUID()}`
    keys.set(arn, randomBytes(32))
    return arn
  }

  function perform(operation: string, { KeyId, Plaintext, CiphertextBlob, EncryptionContext = {} }: KmsRequest) {
    const arn = KeyId === alias ? aliased : KeyId
    const key = keys.get(arn)
    if (!key) return { status: 400, body: { __type: 'NotFoundException' } }
    const context = Buffer.from(JSON.stringify(Object.entries(EncryptionContext).sort()))
    if (operation === 'Encrypt' && Plaintext) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(context)
      const sealed = Buffer.concat([nonce, cipher.update(Plaintext, 'base64'), cipher.final(), cipher.getAuthTag()])
      return { status: 200, body: { KeyId: arn, CiphertextBlob: sealed.toString('base64') } }
    }
    if (operation !== 'Decrypt' || !CiphertextBlob) return { status: 400, body: { __type: 'ValidationException' } }
    const sealed = Buffer.from(CiphertextBlob, 'base64')
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(context)
      decipher.setAuthTag(sealed.subarray(-16))
      const plain = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
      return { status: 200, body: { KeyId: arn, Plaintext: plain.toString('base64') } }
    } catch {
      return { status: 400, body: { __type: 'InvalidCiphertextException' } }
    }
  }

  const server = createServer(async (request, response) => {
    const { mood } = opened
    if (mood === 'gone') return request.destroy()
    if (mood === 'silent') return
    const text = Buffer.concat(await Array.fromAsync(request)).toString()
    let { status, body }: { status: number; body: object } = { status: 403, body: { __type: 'AccessDeniedException' } }
    if (typeof mood === 'number') status = mood
    else if (isSigned(request, text, credentials, region)) {
      const operation = String(request.headers['x-amz-target']).replace('TrentService.', '')
      opened.asked.push({ operation, body: JSON.parse(text) })
      ;({ status, body } = perform(operation, JSON.parse(text)))
    }
    // By the clock that a test may have set; Node's own date is not.
    const date = new Date().toUTCString()
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', date }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  const opened: KmsServer = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials,
    mood: 'well',
    asked: [],
    current: () => aliased,
    turnAlias: () => {
      aliased = addKey()
      return aliased
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
  return opened
}

/** Signature Version 4, made anew from the request as it came. */
function isSigned(
  { method, url = '', headers }: IncomingMessage,
  body: string,
  { accessKeyId, secretAccessKey }: KmsServer['credentials'],
  region: string,
): boolean {
  const said = /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=(\w+)$/.exec(
    headers.authorization ?? '',
  )
  if (!said) return false
  const [, credential, signedHeaders = '', signature] = said
  const at = String(headers['x-amz-date'])
  const scope = `${at.slice(0, 8)}/${region}/kms/aws4_request`
  const isRecent =
    Math.abs(Date.now() - Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))) <
    300_000
  const names = signedHeaders.split(';')
  if (credential !== `${accessKeyId}/${scope}` || !isRecent) return false
  if (!['host', 'x-amz-date', 'x-amz-target'].every((name) => names.includes(name))) return false
  const canonical = [
    method,
    url,
    '',
    ...names.map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    signedHeaders,
    sha256(body),
  ].join('\n')
  const signingKey = [at.slice(0, 8), region, 'kms', 'aws4_request'].reduce<string | Buffer>(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    `AWS4${secretAccessKey}`,
  )
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n')
  return createHmac('sha256', signingKey).update(toSign).digest('hex') === signature
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
