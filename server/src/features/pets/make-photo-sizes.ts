import type { PhotoSize } from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database/database.ts'
import type { ReceivedFile } from '../../platform/files/sealed-files.ts'
import { photoMediaType, photoSizesOf } from './photo-image.ts'
import { findWholePhoto, insertPhotoSize } from './queries/photos.ts'

/** Makes the sizes of a photo, once; of one that was replaced meanwhile, none. */
export async function makePhotoSizes({ db, files }: Context, { photoId }: { readonly photoId: string }): Promise<void> {
  const whole = await findWholePhoto(db, photoId)
  if (!whole || whole.hasSizes) return
  const { petId, bytes } = whole
  const parts: Buffer[] = []
  for await (const part of await files.open({ id: photoId, petId, bytes }, { from: 0, to: bytes - 1 })) parts.push(part)
  const made: { size: PhotoSize; file: ReceivedFile }[] = []
  try {
    for (const { size, bytes } of await photoSizesOf(Buffer.concat(parts)))
      made.push({ size, file: await files.receive(petId, [bytes]) })
    await transact(db, async (tx) => {
      const now = await findWholePhoto(tx, photoId, { lock: true })
      if (!now || now.hasSizes) return
      for (const { size, file } of made) {
        await files.keep(tx, file, photoMediaType)
        await insertPhotoSize(tx, photoId, size, file.id)
      }
    })
  } finally {
    for (const { file } of made) await files.abandon(file)
  }
}
