import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StartupError } from '../startup-error.ts'

/** How PostgreSQL's programs are run: as ourselves (no account) or, since it refuses root, as another user. */
export type Runner = { account?: Account; passesClosedFoldersBy?: string }
export type Account = { uid: number; gid: number }
export type Command = {
  file: string
  args: string[]
  options: { cwd: string; env: NodeJS.ProcessEnv } & Partial<Account>
}

/**
 * The least privileged way to run `postgres` on the cluster in `home` that works on this machine.
 *
 * @throws {StartupError} when there is none
 */
export async function chooseRunner(postgres: string, home: string): Promise<Runner> {
  const refusals: string[] = []
  for (const runner of await runnersFor(home)) {
    const refusal = await refusalOf(runner, postgres, home)
    if (refusal === undefined) return runner
    refusals.push(refusal)
  }
  throw new StartupError(
    `The embedded database cannot be run (${[...new Set(refusals)].join('; ')}). ` +
      'Start Petra as a user who can enter both folders and is not root, or set DATABASE_URL to a PostgreSQL 17 or newer.',
  )
}

/** What to spawn so that `program` runs as the runner says; nothing of our environment but PATH goes along. */
export function commandFor(runner: Runner, program: string, args: string[]): Command {
  const { account, passesClosedFoldersBy: capability } = runner
  const options = { cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } }
  if (account === undefined) return { file: program, args, options }
  if (capability === undefined) return { file: program, args, options: { ...options, ...account } }
  const setpriv = [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
    // Without it access(2), by which PostgreSQL finds its own files, leaves out the capabilities of any user but root.
    '--securebits=+no_setuid_fixup',
    '--',
  ]
  return { file: 'setpriv', args: [...setpriv, program, ...args], options }
}

/** A cluster keeps the user it was made by. */
async function runnersFor(home: string): Promise<Runner[]> {
  if (process.getuid?.() !== 0) return [{}]
  const cluster = join(home, 'cluster')
  const { uid, gid } = existsSync(cluster) ? await stat(cluster) : await unprivilegedAccount()
  const account = { uid, gid }
  return [
    { account },
    { account, passesClosedFoldersBy: 'dac_read_search' },
    { account, passesClosedFoldersBy: 'dac_override' },
  ]
}

async function unprivilegedAccount(): Promise<Account> {
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const found = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody')
  if (found === undefined) {
    throw new StartupError('PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.')
  }
  return { uid: Number(found[2]), gid: Number(found[3]) }
}

/** Undefined when `postgres` starts that way and the folder can be entered. It only complains, and exits 0, when it cannot find itself. */
async function refusalOf(runner: Runner, postgres: string, home: string): Promise<string | undefined> {
  const script = 'cd "$2" && "$1" --version'
  const { file, args, options } = commandFor(runner, '/bin/sh', ['-c', script, 'sh', postgres, home])
  try {
    const { stderr } = await promisify(execFile)(file, args, options)
    return stderr.includes('Permission denied') ? lastLineOf(stderr) : undefined
  } catch (error) {
    return lastLineOf((error as { stderr?: string }).stderr || (error as Error).message)
  }
}

function lastLineOf(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? ''
}
