import type { Config } from '../platform/config.ts'
import { password } from './cast.ts'

/** What a newcomer needs to know once the API is ready. */
export function welcome(url: string, { demo }: Pick<Config, 'demo'>): string {
  const lines = [`Petra is ready at ${url}`, `  docs   ${url}/docs`]
  if (demo) {
    const accounts = ['owner', 'owner2', 'vet', 'groomer', 'reception', 'admin'].map((name) => `${name}@petra.example`)
    lines.push(`  demo   ${accounts.join(', ')}`, `         all with the password “${password}”`)
  }
  return lines.join('\n')
}
