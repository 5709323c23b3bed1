import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { open, seal, sealingKey } from '../server/src/platform/keys/envelope.ts'

const TIMES = 50_000

/** What it costs to seal and open a record of 1 KiB, in a sentence: `node bench/seal-cost.ts`. */
export function sealCost(): string {
  const key = sealingKey(randomBytes(32), randomUUIDv7(), randomUUIDv7())
  const place = {
    table: 'medical_records',
    column: 'content',
    rowId: randomUUIDv7(),
    version: 3,
    subjectId: randomUUIDv7(),
  }
  const text = randomBytes(768).toString('base64')
  const once = () => open(key, seal(key, text, place), place).toString()
  for (let i = 0; i < TIMES / 10; i++) once()
  const before = process.cpuUsage()
  for (let i = 0; i < TIMES; i++) once()
  const { user, system } = process.cpuUsage(before)
  return `Sealing and opening 1 KiB: ${((user + system) / TIMES).toFixed(1)} µs of CPU.`
}

if (import.meta.main) console.log(sealCost())
