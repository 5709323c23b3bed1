import { accounts } from './accounts.ts'
import { appointmentProgress } from './appointment-progress.ts'
import { appointments } from './appointments.ts'
import { audit } from './audit.ts'
import { availability } from './availability.ts'
import { care } from './care.ts'
import { catalogue } from './catalogue.ts'
import { health } from './health.ts'
import { holds } from './holds.ts'
import { medicalDocuments } from './medical-documents.ts'
import { medicalRecordChanges } from './medical-record-changes.ts'
import { medicalRecords } from './medical-records.ts'
import { owners } from './owners.ts'
import { ownerships } from './ownerships.ts'
import { people } from './people.ts'
import { pets } from './pets.ts'
import { privacy } from './privacy.ts'
import { recordViews } from './record-views.ts'
import { schedules } from './schedules.ts'
import { sessions } from './sessions.ts'
import { signIn } from './sign-in.ts'
import type { Row } from './table.ts'
import { visitNotes } from './visit-notes.ts'
import { webhooks } from './webhooks.ts'

/** Who may do what, of every operation. */
export const rows: readonly Row[] = [
  signIn,
  accounts,
  sessions,
  owners,
  people,
  privacy,
  pets,
  ownerships,
  care,
  catalogue,
  schedules,
  availability,
  holds,
  appointments,
  appointmentProgress,
  medicalRecords,
  medicalRecordChanges,
  medicalDocuments,
  visitNotes,
  recordViews,
  audit,
  webhooks,
  health,
].flat()
