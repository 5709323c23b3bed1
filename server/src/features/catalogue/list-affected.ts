import type { Db } from '../../platform/database/database.ts'
import { AppointmentsAffected } from '../appointments/lookup.ts'

/** Lists what a refused change would have orphaned, apart from its transaction: bookings need not wait for that. */
export function listAffected(db: Db): { refused: (error: unknown) => Promise<unknown> } {
  return {
    refused: async (error) => (error instanceof AppointmentsAffected ? error.withAlternatives(db) : error),
  }
}
