import assert from 'node:assert/strict'
import { type Case, del, post, table } from './table.ts'
import { newVisit, ofEach, type State } from './visits.ts'

/** Deciding is for the front desk and its provider; confirming is for whoever may change the visit; from check-in on it is for those who run it, and for no owner as such. */
export const appointmentProgress = table(
  `
                                       nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    approveAppointment, of tomas       401    403   403   403   403   403   403   next  404   403   next  403   404    403   next
    approveAppointment, of lind away   401    403   403   403   403   403   403   404   404   403   next  next  404    404   next
    approveAppointment, of lea         401    403   403   403   403   403   403   404   404   403   next  403   404    403   next
    approveAppointment, of pip         401    403   403   403   403   403   403   404   404   403   next  next  403    403   next
    declineAppointment, of tomas       401    403   403   403   403   403   403   next  404   403   next  403   404    403   next
    declineAppointment, of lind away   401    403   403   403   403   403   403   404   404   403   next  next  404    404   next
    declineAppointment, of lea         401    403   403   403   403   403   403   404   404   403   next  403   404    403   next
    declineAppointment, of pip         401    403   403   403   403   403   403   404   404   403   next  next  403    403   next
    confirmAppointment, of tomas       401    404   404   next  403   next  403   next  404   404   next  next  404    next  next
    confirmAppointment, of lind away   401    next  404   404   404   404   404   404   404   404   next  next  404    404   next
    confirmAppointment, of lea         401    404   404   next  403   next  403   404   404   404   next  next  404    next  next
    confirmAppointment, of pip         401    404   404   404   404   404   404   404   404   404   next  next  next   next  next
    checkInAppointment, of tomas       401    403   403   403   403   403   403   next  404   403   next  next  404    next  next
    checkInAppointment, of lind away   401    403   403   403   403   403   403   404   404   403   next  next  404    404   next
    checkInAppointment, of lea         401    403   403   403   403   403   403   404   404   403   next  next  404    next  next
    checkInAppointment, of pip         401    403   403   403   403   403   403   404   404   403   next  next  403    next  next
    startAppointment, of tomas         401    403   403   403   403   403   403   next  404   403   next  next  404    next  next
    startAppointment, of lind away     401    403   403   403   403   403   403   404   404   403   next  next  404    404   next
    startAppointment, of lea           401    403   403   403   403   403   403   404   404   403   next  next  404    next  next
    startAppointment, of pip           401    403   403   403   403   403   403   404   404   403   next  next  403    next  next
    completeAppointment, of tomas      401    403   403   403   403   403   403   next  404   403   next  next  404    next  next
    completeAppointment, of lind away  401    403   403   403   403   403   403   404   404   403   next  next  404    404   next
    completeAppointment, of lea        401    403   403   403   403   403   403   404   404   403   next  next  404    next  next
    completeAppointment, of pip        401    403   403   403   403   403   403   404   404   403   next  next  403    next  next
    markNoShow, of tomas               401    403   403   403   403   403   403   next  404   403   next  next  404    next  next
    markNoShow, of lind away           401    403   403   403   403   403   403   404   404   403   next  next  404    404   next
    markNoShow, of lea                 401    403   403   403   403   403   403   404   404   403   next  next  404    next  next
    markNoShow, of pip                 401    403   403   403   403   403   403   404   404   403   next  next  403    next  next
    reopenNoShow, of tomas             401    403   403   403   403   403   403   next  404   403   next  next  404    next  next
    reopenNoShow, of lind away         401    403   403   403   403   403   403   404   404   403   next  next  404    404   next
    reopenNoShow, of lea               401    403   403   403   403   403   403   404   404   403   next  next  404    next  next
    reopenNoShow, of pip               401    403   403   403   403   403   403   404   404   403   next  next  403    next  next
  `,
  {
    ...step('approveAppointment', 'approval', { status: 'requested' }, 'booked'),
    ...step('declineAppointment', 'decline', { status: 'requested' }, 'declined'),
    ...step('confirmAppointment', 'confirmation', { status: 'booked' }, 'confirmed'),
    ...step('checkInAppointment', 'check-in', { status: 'confirmed' }, 'checked-in'),
    ...step('startAppointment', 'start', { status: 'checked-in' }, 'in-service'),
    ...step('completeAppointment', 'completion', { status: 'in-service' }, 'completed'),
    ...step('markNoShow', 'no-show', { status: 'booked', startsIn: '-10 minutes' }, 'no-show'),
    ...ofEach(
      'reopenNoShow',
      async (stage, whose) => {
        const id = await newVisit(stage, whose, { status: 'booked', startsIn: '-10 minutes' })
        await stage.house.call('POST', `/appointments/${id}/no-show`, { as: stage.ids.ada })
        return del(`/appointments/${id}/no-show`)
      },
      { next: ({ status }) => assert.equal(status, 'booked') },
    ),
  },
)

function step(operation: string, path: string, from: State, to: string): Record<string, Case> {
  const next = ({ status }: { status: string }) => assert.equal(status, to)
  return ofEach(
    operation,
    async (stage, whose) => post(`/appointments/${await newVisit(stage, whose, from)}/${path}`),
    { next },
  )
}
