import type { PetPhoto } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { AppError, Forbidden, NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { openTurns } from '../../platform/turns.ts'
import { petToChange } from './change-pet.ts'
import { photoMediaType, remakePhoto } from './photo-image.ts'
import { mayChange, viewOf } from './policy.ts'
import { deletePhoto, insertPhoto, listPhotoFiles } from './queries/photos.ts'
import { findRelation } from './queries.ts'

/** A photo on its way in, and the transaction that keeps what is made of it. */
export interface PhotoUpload {
  open(): Promise<{ readonly mediaType: string; readonly content: AsyncIterable<Buffer> }>
  commit(content: unknown, work: (tx: Tx) => Promise<PetPhoto>): Promise<PetPhoto>
}

/** Uploads of one process that are on their way or wait for their turn: on the disk, so that they take up no memory. */
const MOST_UNDER_WAY = 100
let underWay = 0

/** Those of one pet wait for each other in the database, each with one of the connections that all others need as well. */
const inDatabase = openTurns(2, MOST_UNDER_WAY, 'Too many photos are being kept right now; try again in a moment.')

/**
 * Gives a pet a photo, in place of the one before.
 * @throws NotFound out of reach, Forbidden without the right to manage, AppError 412 when stale, 413, 415, 422 by `remakePhoto`,
 *   503 when too many photos are under way
 */
export async function setPhoto(
  { db, files }: Context,
  actor: Person,
  petId: string,
  upload: PhotoUpload,
  requireFile: (ids: readonly string[]) => void,
): Promise<PetPhoto> {
  if (underWay >= MOST_UNDER_WAY) {
    throw new AppError('service.unavailable', 'Too many photos are being sent right now; try again in a moment.')
  }
  underWay++
  try {
    const relation = await inDatabase(() => findRelation(db, actor, petId))
    if (!relation || viewOf(actor, relation) === null) throw new NotFound()
    if (!mayChange(actor, relation)) throw new Forbidden('You may see this pet, but not change it.')
    const { mediaType, content } = await upload.open()
    await using held = await files.hold(content)
    const image = await remakePhoto(held.read, mediaType)
    return await inDatabase(async () => {
      const file = await files.receive(petId, [image.bytes])
      try {
        return await upload.commit(file.id, async (tx) => {
          await petToChange(tx, actor, petId)
          const before = await listPhotoFiles(tx, petId)
          requireFile(before)
          await deletePhoto(tx, petId)
          for (const id of before) await files.destroy(tx, id)
          await files.keep(tx, file, photoMediaType)
          await insertPhoto(tx, petId, file.id)
          record(tx, actor, 'pet.photo-changed', {
            resource: { type: 'photo', id: file.id },
            petId,
            payload: { contentHash: file.contentHash },
          })
          return { id: file.id, url: `/pets/${petId}/photo`, width: image.width, height: image.height }
        })
      } finally {
        await files.abandon(file)
      }
    })
  } finally {
    underWay--
  }
}
