import type { Round } from './drive.ts'

/** The rounds of one workload against one server; those of the limit come before those that are held against it. */
export interface Measured {
  readonly name: string
  readonly title: string
  readonly server: string
  readonly rounds: readonly Round[]
}

/** A table in Markdown of medians over the rounds. Ratios are taken round by round: the machine drifts, and the pair drifts together. */
export function report(all: readonly Measured[]): string {
  const lines = [
    '| | | req/s | ratio | p50 ms | p99 ms | CPU µs/req | ratio | DB CPU µs/req | RSS MB | failed |',
    '|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
  ]
  const faults: string[] = []
  for (const { name, title, server, rounds } of all) {
    const limit = all.find((other) => other.name === name) as Measured
    const medianOf = (read: (round: Round) => number, digits = 0) => median(rounds.map(read)).toFixed(digits)
    const ratioOf = (read: (round: Round) => number) =>
      median(rounds.map((round, i) => read(round) / read(limit.rounds[i] as Round))).toFixed(2)
    const failures = rounds.reduce((sum, round) => sum + round.failures, 0)
    const cells = [
      `${name} ${title}`,
      server,
      medianOf(({ rate }) => rate),
      ratioOf(({ rate }) => rate),
      medianOf(({ p50 }) => p50, 1),
      medianOf(({ p99 }) => p99, 1),
      medianOf(({ cpu }) => cpu),
      ratioOf(({ cpu }) => cpu),
      medianOf(({ databaseCpu }) => databaseCpu),
      (rounds.at(-1)?.rss ?? 0).toFixed(0),
      failures,
    ]
    lines.push(`| ${cells.join(' | ')} |`)
    const fault = rounds.find((round) => round.fault !== null)?.fault
    if (fault) faults.push(`${name}, ${server}: ${fault}`)
  }
  return [...lines, ...(faults.length > 0 ? ['', ...faults] : [])].join('\n')
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
