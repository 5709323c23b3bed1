import { randomBytes } from 'node:crypto'
import type { Answer, House } from '../../../test/setup.ts'

/** Something that begins like a PDF and is so long. */
export function pdf(bytes = 2_000): Buffer {
  const content = randomBytes(bytes)
  content.write('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')
  return content
}

export function form(content: Uint8Array, name = 'Blood count.pdf', field = 'file'): FormData {
  const parts = new FormData()
  parts.set(field, new Blob([content as Uint8Array<ArrayBuffer>]), name)
  return parts
}

export function attach(
  house: House,
  as: string | null,
  petId: string,
  recordId: string,
  body: FormData,
  headers = {},
): Promise<Answer> {
  return house.call('POST', `/pets/${petId}/medical-records/${recordId}/documents`, { as, body, headers })
}
