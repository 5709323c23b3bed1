import { writeFile } from 'node:fs/promises'
import { migrationFiles } from './platform/database/migrate.ts'

/** `npm run new:migration NAME` makes the next numbered file. */
const [name = ''] = process.argv.slice(2)
if (!/^[a-z][a-z0-9-]*$/.test(name)) {
  console.error('Say what it does in kebab-case: npm run new:migration add-waitlist')
  process.exit(1)
}
const last = (await migrationFiles()).at(-1) ?? '0000'
const number = String(Number(last.slice(0, 4)) + 1).padStart(4, '0')
const file = new URL(`../migrations/${number}-${name}.sql`, import.meta.url)
await writeFile(file, `-- ${name.replaceAll('-', ' ')}\n`, { flag: 'wx' })
console.log(`server/migrations/${number}-${name}.sql`)
