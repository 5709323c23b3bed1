import type { PhotoSize } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database/database.ts'

/** The file of a pet's photo in a size, or the whole where there is none. */
export function findPhotoFile(
  db: Queryable,
  petId: string,
  size: PhotoSize,
): Promise<{ id: string; mediaType: string; bytes: number } | undefined> {
  return db.row({
    name: 'find-photo-file',
    text: `select f.id, f.media_type as "mediaType", f.bytes
             from pets p
             left join pet_photo_sizes s on s.photo_id = p.photo_id and s.size = $2
             join stored_files f on f.id = coalesce(s.file_id, p.photo_id)
            where p.id = $1 and p.archived_at is null`,
    values: [petId, size],
  })
}

/** The ids of all files of a pet's photo, the whole first. */
export async function listPhotoFiles(tx: Tx, petId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select f.id from pets p, lateral (
             select p.photo_id as id, 0 as place where p.photo_id is not null
              union all
             select s.file_id, 1 from pet_photo_sizes s where s.photo_id = p.photo_id) f
     where p.id = ${petId}
     order by f.place`)
  return rows.map(({ id }) => id)
}

/** Whose photo it is and how large, unless the pet has another by now or is archived. */
export function findWholePhoto(
  db: Queryable,
  photoId: string,
  { lock = false } = {},
): Promise<{ petId: string; bytes: number; hasSizes: boolean } | undefined> {
  return db.row({
    text: `select p.id as "petId", f.bytes,
                  exists (select from pet_photo_sizes s where s.photo_id = p.photo_id) as "hasSizes"
             from pets p join stored_files f on f.id = p.photo_id
            where p.photo_id = $1 and p.archived_at is null
              ${lock ? 'for no key update of p' : ''}`,
    values: [photoId],
  })
}

/** Takes a pet's photo from it; its files go with their keys. */
export async function deletePhoto(tx: Tx, petId: string): Promise<void> {
  await tx.rows(sql`update pets set photo_id = null, updated_at = clock_now() where id = ${petId}`)
}

export async function insertPhoto(tx: Tx, petId: string, fileId: string): Promise<void> {
  await tx.rows(sql`insert into pet_photos (id) values (${fileId})`)
  await tx.rows(sql`update pets set photo_id = ${fileId}, updated_at = clock_now() where id = ${petId}`)
}

export async function insertPhotoSize(tx: Tx, photoId: string, size: PhotoSize, fileId: string): Promise<void> {
  await tx.rows(sql`
    insert into pet_photo_sizes (photo_id, size, file_id) values (${photoId}, ${size}, ${fileId})`)
}
