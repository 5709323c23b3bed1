import { openEventMarks } from '../src/platform/events/event-marks.ts'

/** Marks of a process that has no keyring. */
export const testMarks = () => openEventMarks(Buffer.alloc(32))
