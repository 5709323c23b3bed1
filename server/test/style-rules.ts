import type { Rule } from './import-rules.ts'
import { isTest, type Source } from './sources.ts'

/** Where SQL is besides `queries.ts` and `queries/`: what the platform keeps in the database, and what looks after it. */
const ownsSql = [
  'server/src/platform/database/group-commit.ts',
  'server/src/platform/database/set-based.ts',
  'server/src/demo/demo.ts',
  'server/src/platform/alarms.ts',
  'server/src/platform/passwords/attempts-in-database.ts',
  'server/src/platform/backup/backup-tables.ts',
  'server/src/platform/backup/pass-transaction-ids.ts',
  'server/src/platform/backup/restore-backup.ts',
  'server/src/platform/backup/write-backup.ts',
  'server/src/platform/keys/data-key-rows.ts',
  'server/src/platform/keys/document-key-rows.ts',
  'server/src/platform/changes.ts',
  'server/src/platform/database/course.ts',
  'server/src/platform/keys/destruction-rows.ts',
  'server/src/platform/events/dispatcher.ts',
  'server/src/platform/embedded-postgres/embedded-roles.ts',
  'server/src/platform/events/event-rows.ts',
  'server/src/platform/files/stored-file-rows.ts',
  'server/src/platform/http/health.ts',
  'server/src/platform/http/idempotency.ts',
  'server/src/platform/jobs/job-rows.ts',
  'server/src/platform/jobs/jobs.ts',
  'server/src/platform/events/log-tail.ts',
  'server/src/platform/database/migrate.ts',
  'server/src/platform/jobs/orphaned-jobs.ts',
  'server/src/platform/events/parked-events.ts',
  'server/src/platform/keys/rewrap-rows.ts',
]

/** Who reads the environment: the configuration; and the embedded database hands PATH on to the server it starts. */
const readsEnvironment = ['server/src/platform/config.ts', 'server/src/platform/embedded-postgres/embedded-runner.ts']

const MOST_LINES = 300
const USUALLY_MOST_LINES = 150

/** Words that could stand in any name. */
const VAGUE = /^(services?|managers?|helpers?|utils?|impl|base|dtos?|data|info)$/
/** What the company offers is called a service, and what seals a data key: here these words say something. */
const SERVICE_IS_MEANT = /^(contract|bench)\/|^server\/src\/(demo|features\/(appointments|catalogue))\//
const DATA_IS_MEANT = /data-?(key|dir)/i

export const styleRules: Rule[] = [
  {
    name: 'SQL is in queries, and where the platform owns it',
    broken: [
      ['server/src/features/pets/create-pet.ts', `import sql from 'sql-template-tag'`],
      [
        'server/src/features/pets/create-pet.ts',
        'await tx.rows({ text: `\n  insert into pets (name) values ($1)`, values })',
      ],
      ['server/src/platform/rate-limit.ts', `await pool.query('select 1')`],
      ['server/src/app.ts', `await pool.query('lock table pets')`],
    ],
    complaints: (sources) =>
      shipped(sources)
        .filter(({ path }) => !/\/queries(\.ts$|\/)/.test(path) && !ownsSql.includes(path))
        .filter(
          ({ text, imports }) => SQL.test(text) || imports.some(({ specifier }) => specifier === 'sql-template-tag'),
        )
        .map(({ path }) => path),
  },
  {
    name: 'only config.ts reads the environment',
    broken: [
      ['server/src/app.ts', 'if (process.env.DEMO) loadDemo()'],
      ['contract/src/route.ts', `import { env } from 'node:process'`],
    ],
    complaints: (sources) =>
      shipped(sources)
        .filter(({ path }) => !readsEnvironment.includes(path))
        .filter(
          ({ text, imports }) =>
            /\bprocess\.env\b/.test(text) || imports.some(({ specifier }) => specifier === 'node:process'),
        )
        .map(({ path }) => path),
  },
  {
    name: `no file has over ${MOST_LINES} lines`,
    broken: [['server/src/app.ts', '\n'.repeat(MOST_LINES + 1)]],
    complaints: (sources) => longerThan(MOST_LINES, sources),
  },
  {
    name: `nine files in ten have at most ${USUALLY_MOST_LINES} lines`,
    broken: [['server/src/app.ts', '\n'.repeat(USUALLY_MOST_LINES + 1)]],
    complaints: (sources) => {
      const long = longerThan(USUALLY_MOST_LINES, sources)
      return long.length * 10 > shipped(sources).length ? long : []
    },
  },
  {
    name: 'files are named in kebab-case',
    broken: [
      ['server/src/features/pets/createPet.ts', ''],
      ['server/src/features/pets/create_pet.test.ts', ''],
    ],
    complaints: (sources) =>
      sources
        .map(({ path }) => path)
        .filter((path) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)+[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.ts$/.test(path)),
  },
  {
    name: 'no name is vague',
    broken: [
      ['server/src/features/pets/pet-helper.ts', ''],
      ['server/src/utils/kebab.ts', ''],
      ['server/src/features/accounts/mail.ts', 'export function openMailService() {}'],
      ['server/src/features/catalogue/services.ts', 'export class CatalogueService {}'],
      ['server/src/features/pets/queries.ts', 'export interface PetDTO {}'],
      ['server/src/features/pets/queries.ts', 'export async function* petInfo() {}'],
      ['server/src/features/pets/queries.ts', 'export interface IPet {}'],
      ['server/src/features/pets/queries.ts', 'const a = 1\nexport { a, b as petData }'],
    ],
    complaints: (sources) =>
      sources.flatMap((source) =>
        names(source)
          .filter((name) => isVague(name, source))
          .map((name) => `${name} in ${source.path}`),
      ),
  },
  {
    name: 'nothing is left to do, and no test is left out',
    broken: [
      ['server/src/app.ts', '// TODO: compress'],
      ['server/src/app.test.ts', `test.only('answers', () => {})`],
      ['server/src/app.test.ts', `test('answers', { skip: true }, () => {})`],
    ],
    complaints: (sources) =>
      sources
        .filter(({ path, text }) => path !== 'server/test/style-rules.ts' && LEFT.test(text))
        .map(({ path }) => path),
  },
]

/** A literal that begins as a statement does. */
const SQL =
  /[`'"]\s*(select\b(?! an? )|insert into |update \w+ set |delete from |truncate |with \w+ as \(|(create|alter|drop|lock|grant|revoke) .*\b(table|function|role|on|to)\b|(un)?listen \w|notify \w|savepoint |rollback|commit['"`]|begin['"`])/i

const LEFT = /\bTODO\b|\bFIXME\b|\b(test|it|describe|suite)\.(only|skip|todo)\b|\b(only|skip|todo): true/

function shipped(sources: readonly Source[]): Source[] {
  return sources.filter(({ path }) => /^(contract|server)\/src\//.test(path) && !isTest(path))
}

function longerThan(lines: number, sources: readonly Source[]): string[] {
  return shipped(sources)
    .filter(({ text }) => text.split('\n').length - 1 > lines)
    .map(({ path }) => path)
}

/** The path's folders and file, and what the file exports. */
function names({ path, text }: Source): string[] {
  const declared = text.matchAll(
    /^export (?:default )?(?:declare )?(?:abstract )?(?:async )?(?:const|let|var|function\*?|class|interface|type|enum) (\w+)/gm,
  )
  const listed = text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)
  return [
    ...path.replace(/\.ts$/, '').split('/'),
    ...[...declared].map(([, name]) => name as string),
    ...[...listed].flatMap(([, list]) =>
      (list as string).split(',').map((item) => item.trim().split(' ').at(-1) as string),
    ),
  ]
}

function isVague(name: string, { path, text }: Source): boolean {
  if (/^I[A-Z][a-z]/.test(name)) return true
  return wordsOf(name).some((word) => {
    if (!VAGUE.test(word)) return false
    if (/^services?$/.test(word)) return !SERVICE_IS_MEANT.test(path) || new RegExp(`class ${name}\\b`).test(text)
    return word !== 'data' || !DATA_IS_MEANT.test(name)
  })
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_.]/)
}
