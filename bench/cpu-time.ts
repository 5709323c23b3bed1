import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

/** CPU seconds that a process has used so far, in user and system mode. */
export function ownCpuSeconds(pid: number): number {
  const { own } = ticksOf(pid)
  return own / TICKS_PER_SECOND
}

/** CPU seconds that a process and its children have used so far, with the children that have ended. */
export function familyCpuSeconds(pid: number): number {
  const { own, ended } = ticksOf(pid)
  return (childrenOf(pid).reduce((sum, child) => sum + ticksOf(child).own, own) + ended) / TICKS_PER_SECOND
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => ticksOf(pid).parent === parent)
}

/** Fields 4 and 14 to 17 of proc_pid_stat(5); zeros for a process that is gone. */
function ticksOf(pid: number): { parent: number; own: number; ended: number } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number) as [number, ...number[]]
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15)
    return { parent: fields[1] as number, own: user + system, ended: endedUser + endedSystem }
  } catch {
    return { parent: 0, own: 0, ended: 0 }
  }
}
