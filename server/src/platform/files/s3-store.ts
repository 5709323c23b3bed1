import { createReadStream } from 'node:fs'
import { unlink } from 'node:fs/promises'
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import type { FileStore } from './file-store.ts'
import type { Spool } from './spool.ts'

type Sdk = typeof import('@aws-sdk/client-s3')

const TIMES = { connectionTimeout: 5_000, requestTimeout: 30_000, socketTimeout: 30_000 }

/**
 * Keeps files in a bucket of S3, or of whatever speaks its protocol. A file is laid aside on the disk first, so that it is put there in
 * one request, as a whole or not at all.
 * @param url `s3://[key:secret@]bucket[/prefix][?region=…&endpoint=https://…]`; without a key, what the AWS SDK finds around it
 */
export function openS3Store(url: string, spool: Spool): FileStore & Disposable {
  const { bucket, prefix, options } = readS3Url(url)
  let opening: Promise<{ sdk: Sdk; client: S3Client }> | undefined
  /** Loaded when first needed: 30 MB. */
  const open = () => {
    opening ??= import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: new sdk.S3Client(options) }))
    return opening
  }
  const at = (name: string) => ({ Bucket: bucket, Key: `${prefix}${name}` })

  return {
    async put(name, content) {
      const { path, bytes } = await spool.write(name, content, false)
      try {
        const { sdk, client } = await open()
        await client.send(new sdk.PutObjectCommand({ ...at(name), Body: createReadStream(path), ContentLength: bytes }))
      } finally {
        await unlink(path).catch(() => {})
      }
    },
    async *read(name, { from, to }) {
      const { sdk, client } = await open()
      const found = await client
        .send(new sdk.GetObjectCommand({ ...at(name), Range: `bytes=${from}-${to}` }))
        .catch((error) => {
          if (error.name === 'NoSuchKey' || error.name === 'InvalidRange') return null
          throw error
        })
      if (found?.Body) yield* found.Body as unknown as AsyncIterable<Uint8Array>
    },
    async remove(name) {
      const { sdk, client } = await open()
      await client.send(new sdk.DeleteObjectCommand(at(name)))
    },
    [Symbol.dispose]() {
      opening?.then(({ client }) => client.destroy()).catch(() => {})
    },
  }
}

function readS3Url(url: string) {
  const { hostname, pathname, username, password, searchParams } = new URL(url)
  const endpoint = searchParams.get('endpoint')
  const folder = decodeURIComponent(pathname).replaceAll(/^\/+|\/+$/g, '')
  const options: S3ClientConfig = {
    region: searchParams.get('region') ?? 'us-east-1',
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(username && {
      credentials: { accessKeyId: decodeURIComponent(username), secretAccessKey: decodeURIComponent(password) },
    }),
    // What is stored is sealed, which finds more than a checksum; and other stores than Amazon's refuse them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // A stream is sent once.
    maxAttempts: 1,
    requestHandler: TIMES,
    // It would write to the console.
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  }
  return { bucket: hostname, prefix: folder && `${folder}/`, options }
}
