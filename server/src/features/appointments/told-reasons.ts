import type { StartReason } from '@petra/contract'
import type { Diary, HeldSpan, Reason } from './diary.ts'
import { mayStart } from './may-start.ts'
import { withoutHolds } from './without-holds.ts'

/** Somebody at a place, and what stands against a start with them, as a client is told of it. */
export interface ToldCandidate {
  readonly locationId: string
  readonly providerId: string
  readonly reasons: StartReason[]
}

/**
 * What stands against a start with each of a diary's team. What is taken is told apart: by holds alone, or by nothing but
 * the buffers of the service; never whose it is.
 * @param standing the holds that keep time from whoever asks
 */
export function toldReasons(
  diary: Diary,
  standing: readonly HeldSpan[],
  asked: { startsAt: number; petId?: string | undefined },
): ToldCandidate[] {
  const holds = new Set<string | null>(standing.map(({ holdId }) => holdId))
  const unheld = {
    ...diary,
    busy: withoutHolds(diary.busy, standing),
    stays: diary.stays && { ...diary.stays, standing: diary.stays.standing.filter(({ holdId }) => !holds.has(holdId)) },
  }
  const unbuffered = { ...diary, terms: { ...diary.terms, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 } }
  return diary.rosters.map(({ locationId, providerId }) => {
    const against = (judged: Diary) => mayStart(judged, { ...asked, locationId, providerId })
    const [withoutAnyHold, withoutBuffers] = [against(unheld), against(unbuffered)]
    const told = (reason: Reason): StartReason => {
      if (reason !== 'pet-busy' && !withoutAnyHold.includes(reason)) return 'held'
      return reason === 'travel' || withoutBuffers.includes(reason) ? reason : 'buffer'
    }
    return { locationId, providerId, reasons: [...new Set(against(diary).map(told))] }
  })
}
