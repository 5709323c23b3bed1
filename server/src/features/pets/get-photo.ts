import type { PhotoSize } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'
import type { FoundFile } from '../../platform/http/file-answer.ts'
import { viewOf } from './policy.ts'
import { findPhotoFile } from './queries/photos.ts'
import { findRelation } from './queries.ts'

/**
 * A pet's photo in a size, for whoever sees the pet; until the sizes are made, the whole.
 * @throws NotFound out of reach or without a photo
 */
export async function getPhoto(
  { db, files }: Context,
  actor: Person,
  petId: string,
  size: PhotoSize,
): Promise<FoundFile> {
  const [relation, file] = await Promise.all([findRelation(db, actor, petId), findPhotoFile(db, petId, size)])
  if (!relation || viewOf(actor, relation) === null || !file) throw new NotFound()
  return { ...file, open: (range) => files.open({ ...file, petId }, range) }
}
