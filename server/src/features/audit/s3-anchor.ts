import type { S3Client } from '@aws-sdk/client-s3'
import type { Anchor } from './anchor.ts'

const EVERY_MS = 60_000
const TIMEOUT_MS = 10_000
/** Of what a bucket has, so many of the newest are compared. */
const MOST_READ = 20
const YEAR_MS = 365 * 86_400_000

/**
 * `s3://bucket/prefix?region=…&endpoint=…&years=10`: an object each minute at the most, which the bucket's object lock keeps
 * from everybody for so many years. Credentials come the way the AWS SDK finds them.
 */
export function s3Anchor(url: URL): Anchor {
  const bucket = url.hostname
  const prefix = url.pathname.slice(1).replace(/\/?$/, '/')
  const { endpoint, region = 'us-east-1', years = '10' } = Object.fromEntries(url.searchParams)
  let opened: Promise<{ sdk: typeof import('@aws-sdk/client-s3'); client: S3Client }> | undefined

  // Loaded when first needed: the library takes 30 MB.
  async function open() {
    const sdk = await import('@aws-sdk/client-s3')
    const client = new sdk.S3Client({
      region,
      ...(endpoint && { endpoint, forcePathStyle: true }),
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { requestTimeout: TIMEOUT_MS, connectionTimeout: TIMEOUT_MS },
    })
    return { sdk, client }
  }
  const connect = () => {
    opened ??= open()
    return opened
  }
  const keyOf = (number: number) => `${prefix}${String(number).padStart(12, '0')}`

  return {
    place: `s3://${bucket}/${prefix}`,
    everyMs: EVERY_MS,
    async publish({ number, note }) {
      const { sdk, client } = await connect()
      const lock = {
        ObjectLockMode: 'COMPLIANCE',
        ObjectLockRetainUntilDate: new Date(Date.now() + Number(years) * YEAR_MS),
      } as const
      // A bucket with object lock asks for a digest of what it is to keep.
      const checksum = { ChecksumAlgorithm: 'SHA256' } as const
      await client.send(
        new sdk.PutObjectCommand({
          Bucket: bucket,
          Key: keyOf(number),
          Body: note,
          ContentType: 'text/plain',
          ...lock,
          ...checksum,
        }),
      )
    },
    async read(from) {
      const { sdk, client } = await connect()
      const keys: string[] = []
      for (let after = keyOf(Math.max(0, from - 1)), isMore = true; isMore; ) {
        const page = await client.send(
          new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, StartAfter: after }),
        )
        const found = (page.Contents ?? []).flatMap(({ Key }) => Key ?? [])
        keys.push(...found)
        after = found.at(-1) ?? after
        isMore = page.IsTruncated === true && found.length > 0
      }
      return Promise.all(
        keys.slice(-MOST_READ).map(async (Key) => {
          const object = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key }))
          return { number: Number(Key.slice(prefix.length)), note: (await object.Body?.transformToString()) ?? '' }
        }),
      )
    },
  }
}
