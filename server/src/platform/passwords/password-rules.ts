import { readFileSync } from 'node:fs'
import { Invalid } from '../errors.ts'

/** Whom a password is for. */
export interface Holder {
  readonly name: string
  readonly email: string | null
}

const common = new Set(
  readFileSync(new URL('../../../data/common-passwords.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n'),
)

/**
 * Refuses a password that is guessed first: one of the 10,000 most common (NIST SP 800-63B, section 3.1.1.2), or the
 * holder's own name or address. Its length is the schema's business, and nothing is asked of its composition.
 * @param pointer where the password stands in the request
 * @throws Invalid 422 `password.too-common` or `password.too-personal`
 */
export function requireGoodPassword(password: string, { name, email }: Holder, pointer: string): void {
  const folded = fold(password)
  if (common.has(folded)) {
    throw new Invalid('password.too-common', [{ pointer, message: 'is one of the most common passwords' }])
  }
  const own = [name, email ?? '', (email ?? '').split('@')[0] ?? ''].map(fold)
  if (own.includes(folded)) {
    throw new Invalid('password.too-personal', [{ pointer, message: 'must not be the name or the e-mail address' }])
  }
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}
