import type { Queryable } from '../../platform/database/database.ts'
import { tailLag } from '../../platform/events/log-tail.ts'
import { SEALER } from './seal-events.ts'

/** Seconds since the oldest event that is not sealed; 0 when all are. */
export function sealLag(db: Queryable): Promise<number> {
  return tailLag(db, SEALER, 'all')
}
