import { type Import, isTest, type Source } from './sources.ts'

/** A rule of the house. Each of its examples, path and text, breaks it: a rule that notices nothing is none. */
export interface Rule {
  readonly name: string
  readonly broken: readonly (readonly [path: string, text: string])[]
  complaints(sources: readonly Source[]): string[]
}

/** Which feature looks something up in which other; notifications listen to the log, and nobody looks there. */
const edges = [
  'accounts → sessions',
  'appointments → catalogue',
  'appointments → pets',
  'audit → pets',
  'catalogue → appointments',
  'medical-records → appointments',
  'medical-records → pets',
  'notifications → accounts',
  'notifications → pets',
  'notifications → medical-records',
  'notifications → privacy',
  'notifications → sign-in',
  'notifications → ownerships',
  'ownerships → pets',
  'pets → appointments',
  'privacy → accounts',
  'privacy → appointments',
  'privacy → audit',
  'privacy → medical-records',
  'privacy → pets',
  'privacy → sessions',
  'privacy → watch',
  'sessions → accounts',
  'sign-in → accounts',
  'sign-in → sessions',
]

export const importRules: Rule[] = [
  {
    name: 'the contract imports typebox and itself',
    broken: [
      ['contract/src/pets.ts', `import { join } from 'node:path'`],
      ['contract/src/pets.ts', `export * from '../../server/src/roles.ts'`],
    ],
    complaints: (sources) =>
      imports(sources, ({ path }) => path.startsWith('contract/'))
        .filter(([, to]) => layerOf(to) !== 'contract' && !/^typebox(\/|$)/.test(to.specifier))
        .map(complain),
  },
  {
    name: 'the contract is imported by its name',
    broken: [['server/src/roles.ts', `import { petRoutes } from '../../contract/src/pets.ts'`]],
    complaints: (sources) =>
      imports(sources, ({ path }) => !path.startsWith('contract/'))
        .filter(([, to]) => layerOf(to) === 'contract' && to.specifier !== '@petra/contract')
        .map(complain),
  },
  {
    name: 'the platform imports itself and the contract',
    broken: [
      ['server/src/platform/rate-limit.ts', `import { petRoutes } from '../features/pets/routes.ts'`],
      ['server/src/platform/http/guard.ts', `import {\n  standingOf,\n} from '../../roles.ts'`],
    ],
    complaints: (sources) =>
      imports(sources, (source) => layerOf(source) === 'platform')
        .filter(([, to]) => !['platform', 'contract', 'package'].includes(layerOf(to)))
        .map(complain),
  },
  {
    name: 'a feature imports the platform, the contract, itself, and the lookup of features listed',
    broken: [
      ['server/src/features/pets/routes.ts', `import { openApp } from '../../app.ts'`],
      ['server/src/features/audit/routes.ts', `import { findPet } from '../pets/queries.ts'`],
      ['server/src/features/audit/routes.ts', `import { mailAddressOf } from '../accounts/lookup.ts'`],
      ['server/src/features/pets/create-pet.ts', `const { deliver } = await import('../notifications/lookup.ts')`],
    ],
    complaints: (sources) =>
      imports(sources, (source) => isFeature(layerOf(source)))
        .filter(([from, to]) => ![layerOf(from), 'platform', 'contract', 'package'].includes(layerOf(to)))
        .filter(([from, to]) => !to.path?.endsWith('/lookup.ts') || !edges.includes(edge(from, to)))
        .map(complain),
  },
  {
    name: 'every edge between features is in use',
    broken: [['server/src/features/pets/routes.ts', '']],
    complaints: (sources) => {
      const used = new Set(imports(sources, (source) => isFeature(layerOf(source))).map(([from, to]) => edge(from, to)))
      return edges.filter((listed) => !used.has(listed))
    },
  },
  {
    name: 'an example knows nothing of the server',
    broken: [['examples/first-day.ts', `import { readConfig } from '../server/src/platform/config.ts'`]],
    complaints: (sources) =>
      imports(sources, (source) => layerOf(source) === 'examples')
        .filter(([, to]) => to.path?.startsWith('server/') || to.path?.startsWith('bench/'))
        .map(complain),
  },
  {
    name: 'nothing that ships imports tests, benchmarks or examples',
    broken: [
      ['server/src/main.ts', `import { populate } from '../test/world.ts'`],
      ['server/src/features/pets/queries.ts', `import { aPet } from './test-pets.ts'`],
      ['server/src/demo/demo.ts', `import { company } from '../../../bench/company.ts'`],
    ],
    complaints: (sources) =>
      imports(sources, ({ path }) => path.startsWith('server/src/') || path.startsWith('contract/'))
        .filter(([, to]) => to.path !== undefined && (isTest(to.path) || /^(bench|examples)\//.test(to.path)))
        .map(complain),
  },
  {
    name: 'only app.ts and platform/http know Fastify',
    broken: [
      ['server/src/features/pets/routes.ts', `import type { FastifyInstance } from 'fastify'`],
      ['server/src/platform/config.ts', `import cors from '@fastify/cors'`],
    ],
    complaints: (sources) =>
      imports(sources, ({ path }) => path !== 'server/src/app.ts' && !path.startsWith('server/src/platform/http/'))
        .filter(([, to]) => /^fastify$|^@fastify\//.test(to.specifier))
        .map(complain),
  },
  {
    name: 'nothing that ships imports what loads megabytes that it never calls (decisions 26 and 27)',
    broken: [
      ['server/src/app.ts', `import { createServer } from 'node:http'`],
      ['server/src/app.ts', `import https from 'node:https'`],
      ['server/src/app.ts', `const http = await import('node:http')`],
      ['contract/src/pets.ts', `import Type, { type Static } from 'typebox'`],
      ['server/src/app.ts', `import swaggerUi from '@fastify/swagger-ui'`],
    ],
    complaints: (sources) =>
      sources
        .filter(
          ({ path, text }) => /^(server|contract)\/src\//.test(path) && !isTest(path) && IMPORTS_TOO_MUCH.test(text),
        )
        .map(({ path }) => `${path} imports what is too large`),
  },
  {
    name: 'no file imports itself, by whatever detour',
    broken: [
      ['server/src/roles.ts', `import type { Role } from './roles.ts'`],
      ['contract/src/pets.ts', `import { routes } from '@petra/contract'\nexport * from './pets.ts'`],
    ],
    complaints: cycles,
  },
]

const IMPORTS_TOO_MUCH = /(^import (?!type\b)[^'"`;]*|\bimport\(\s*)'(node:https?|typebox|@fastify\/swagger-ui)'/m

type Edge = readonly [from: Source, to: Import]

function imports(sources: readonly Source[], from: (source: Source) => boolean): Edge[] {
  return sources
    .filter((source) => !isTest(source.path) && from(source))
    .flatMap((source) => source.imports.map((to): Edge => [source, to]))
}

/** `contract`, `platform`, `features/…`, `house` for what is above the features, or the folder; `package` for what is not ours. */
function layerOf({ path }: { readonly path: string | undefined }): string {
  if (path === undefined) return 'package'
  const inServer = /^server\/src\/(?:(features\/[^/]+|platform)\/)?/.exec(path)
  return inServer ? (inServer[1] ?? 'house') : (path.split('/')[0] as string)
}

function isFeature(layer: string): boolean {
  return layer.startsWith('features/')
}

function edge(from: Source, to: Import): string {
  return `${layerOf(from)} → ${layerOf(to)}`.replaceAll('features/', '')
}

function complain([from, to]: Edge): string {
  return `${from.path} imports ${to.specifier}`
}

function cycles(sources: readonly Source[]): string[] {
  const files = new Map(sources.filter(({ path }) => !isTest(path)).map((source) => [source.path, source]))
  const found: string[] = []
  const finished = new Set<string>()
  const follow = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    else if (!finished.has(path))
      for (const to of files.get(path)?.imports ?? []) if (to.path) follow(to.path, [...trail, path])
    finished.add(path)
  }
  for (const path of files.keys()) follow(path, [])
  return found
}
