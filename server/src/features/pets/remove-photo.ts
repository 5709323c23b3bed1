import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import type { SealedFiles } from '../../platform/files/sealed-files.ts'
import { petToChange } from './change-pet.ts'
import { deletePhoto, listPhotoFiles } from './queries/photos.ts'

/**
 * Removes a pet's photo in every size.
 * @throws NotFound out of reach or without a photo, Forbidden without the right to manage, AppError 412 when stale
 */
export async function removePhoto(
  tx: Tx,
  files: SealedFiles,
  actor: Person,
  petId: string,
  requireFile: (ids: readonly string[]) => void,
): Promise<void> {
  await petToChange(tx, actor, petId)
  const [photoId, ...others] = await listPhotoFiles(tx, petId)
  if (photoId === undefined) throw new NotFound()
  requireFile([photoId, ...others])
  await deletePhoto(tx, petId)
  for (const id of [photoId, ...others]) await files.destroy(tx, id)
  record(tx, actor, 'pet.photo-removed', { resource: { type: 'photo', id: photoId }, petId })
}
