import { open, rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { StartupError } from './startup-error.ts'

/**
 * Runs `work` while nobody else does so for the same file, on whatever machine that sees its folder.
 * @throws StartupError when somebody else has been at it for over `patienceMs`, or died while at it
 */
export async function whileLocked<T>(path: string, work: () => Promise<T>, patienceMs = 10_000): Promise<T> {
  const lock = `${path}.lock`
  for (const deadline = performance.now() + patienceMs; !(await taken(lock)); await wait(50)) {
    if (performance.now() > deadline) {
      throw new StartupError(`Somebody else is changing ${path}. If nobody is, remove ${lock}, which was left behind.`)
    }
  }
  try {
    return await work()
  } finally {
    await rm(lock)
  }
}

async function taken(lock: string): Promise<boolean> {
  try {
    await using _file = await open(lock, 'wx', 0o600)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
