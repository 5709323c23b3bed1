import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { mailOf } from '../src/features/notifications/letter.ts'
import { testLetters } from '../src/features/notifications/test-letters.ts'
import { testAddressee } from '../src/features/notifications/test-visit.ts'
import { languages } from '../src/platform/language.ts'

/** `npm run mails [folder]` writes every message in every language as HTML and text, to be looked at. */
const folder = resolve(process.argv[2] ?? join(tmpdir(), 'petra-mails'))
for (const language of languages) {
  const to = await testAddressee(language)
  await mkdir(join(folder, language), { recursive: true })
  for (const [name, write] of Object.entries(testLetters)) {
    const mail = mailOf(to, write(to), 'https://petra.example/unsubscribe/vaccinations?token=AZgKbgwAcACA')
    await writeFile(join(folder, language, `${name}.html`), mail.html)
    await writeFile(join(folder, language, `${name}.txt`), `${mail.subject}\n\n${mail.text}`)
  }
}
console.log(`${Object.keys(testLetters).length} messages in ${languages.length} languages are in ${folder}.`)
