import { OneOf } from './common.ts'
import Type, { type Static } from './type.ts'

/** What becomes of the appointments that a change of catalogue or schedules would orphan. */
export const AppointmentHandling = OneOf(['leave', 'cancel', 'move'], {
  description:
    'What becomes of appointments in the way: `leave` lets them stand, `cancel` cancels them, `move` gives each the ' +
    'nearest free time of its day, with the same provider or another; left out, they refuse the change',
})

/** The field of a change that may orphan appointments. */
export const handling = { appointments: Type.Optional(AppointmentHandling) }

/** What such a change says about the refusal it may run into. */
export const handlingRule =
  'Appointments that would be orphaned answer 409 `schedule.appointments-affected` with `appointments: [{ id, petId, ' +
  'providerId, startsAt, endsAt, alternatives }]`, each with up to three `alternatives: [{ startsAt, endsAt, locationId, ' +
  'providerIds }]` at its location, and nothing is changed, unless `appointments` says what becomes of them: `leave`, ' +
  '`cancel` or `move` (to the nearest free time of the same day). Those that can be neither moved nor cancelled, or have ' +
  'no time to be moved to, refuse the whole change in the same way.'

export type AppointmentHandling = Static<typeof AppointmentHandling>
