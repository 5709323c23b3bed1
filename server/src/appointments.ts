import { join } from 'node:path'
import { type Rezoned, rezoneVisits } from './features/appointments/rezone-visits.ts'
import { readConfig } from './platform/config.ts'
import { openContext } from './platform/context.ts'
import { runningSuperuserUrl } from './platform/embedded-postgres/embedded-postgres.ts'
import { StartupError } from './platform/startup-error.ts'

/**
 * `npm run appointments -- rezone [--apply]`: what an operator does after an update of the time zones' rules, while Petra runs.
 * Without `--apply` it only says what it would do.
 */
const [command, ...options] = process.argv.slice(2)

const said: Record<Rezoned['outcome'], string> = {
  unmoved: 'to be moved',
  moved: 'moved',
  conflict: 'in conflict: another visit has that time, or the clock no longer shows it',
}

try {
  if (command !== 'rezone' || options.some((option) => option !== '--apply'))
    throw new StartupError('Say what to do: npm run appointments -- rezone [--apply]')
  const config = readConfig()
  const databaseUrl = config.databaseUrl ?? (await runningSuperuserUrl(join(config.dataDir, 'postgres')))
  if (databaseUrl === undefined) throw new StartupError('No database is running. Start Petra first.')
  await using context = await openContext({ ...config, databaseUrl })
  const rezoned = await rezoneVisits(context.db, options.includes('--apply'))
  for (const { id, localStart, timeZone, startsAt, shouldStartAt, outcome } of rezoned)
    console.log(`${id} at ${localStart} in ${timeZone}, from ${startsAt} to ${shouldStartAt}: ${said[outcome]}`)
  console.log(`${rezoned.length} visits ahead were not at their local time.`)
} catch (error) {
  if (!(error instanceof StartupError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
