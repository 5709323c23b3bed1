import { Appointment } from './appointments.ts'
import { Closed, Id } from './common.ts'
import { exampleAppointment, exampleIds } from './examples.ts'
import { route } from './route.ts'

const appointmentId = Closed({ appointmentId: Id })
const tag = 'Appointments'
const params = { appointmentId: exampleIds.appointment }

export const approveAppointment = route({
  operationId: 'approveAppointment',
  method: 'POST',
  url: '/appointments/{appointmentId}/approval',
  permission: 'appointments.decide',
  tag,
  summary: 'Approve a request',
  description: 'Front desk, admin, or its provider agrees to a visit whose service needs approval. From requested.',
  params: appointmentId,
  answers: { 200: Appointment },
  problems: ['resource.not-found', 'appointment.illegal-transition'],
  example: { params, answer: exampleAppointment },
})

export const declineAppointment = route({
  operationId: 'declineAppointment',
  method: 'POST',
  url: '/appointments/{appointmentId}/decline',
  permission: 'appointments.decide',
  tag,
  summary: 'Decline a request',
  description: 'Front desk, admin, or its provider turns a request down, and its time is free again. From requested.',
  params: appointmentId,
  answers: { 200: Appointment },
  problems: ['resource.not-found', 'appointment.illegal-transition'],
  example: { params, answer: { ...exampleAppointment, status: 'declined' } },
})

export const confirmAppointment = route({
  operationId: 'confirmAppointment',
  method: 'POST',
  url: '/appointments/{appointmentId}/confirmation',
  permission: 'appointments.confirm',
  tag,
  summary: 'Confirm an appointment',
  description: 'The owner, or staff for them, says they will come. From booked.',
  params: appointmentId,
  answers: { 200: Appointment },
  problems: ['resource.not-found', 'appointment.illegal-transition'],
  example: { params, answer: { ...exampleAppointment, status: 'confirmed' } },
})

export const checkInAppointment = route({
  operationId: 'checkInAppointment',
  method: 'POST',
  url: '/appointments/{appointmentId}/check-in',
  permission: 'appointments.check-in',
  tag,
  summary: 'Check a pet in',
  description: 'The pet has arrived. From booked or confirmed.',
  params: appointmentId,
  answers: { 200: Appointment },
  problems: ['resource.not-found', 'appointment.illegal-transition'],
  example: { params, answer: { ...exampleAppointment, status: 'checked-in' } },
})

export const startAppointment = route({
  operationId: 'startAppointment',
  method: 'POST',
  url: '/appointments/{appointmentId}/start',
  permission: 'appointments.start',
  tag,
  summary: 'Start a visit',
  description: 'The provider begins. From checked-in.',
  params: appointmentId,
  answers: { 200: Appointment },
  problems: ['resource.not-found', 'appointment.illegal-transition'],
  example: { params, answer: { ...exampleAppointment, status: 'in-service' } },
})

export const completeAppointment = route({
  operationId: 'completeAppointment',
  method: 'POST',
  url: '/appointments/{appointmentId}/completion',
  permission: 'appointments.complete',
  tag,
  summary: 'Complete a visit',
  description: 'The provider is done. From in-service.',
  params: appointmentId,
  answers: { 200: Appointment },
  problems: ['resource.not-found', 'appointment.illegal-transition'],
  example: { params, answer: { ...exampleAppointment, status: 'completed' } },
})

export const markNoShow = route({
  operationId: 'markNoShow',
  method: 'POST',
  url: '/appointments/{appointmentId}/no-show',
  permission: 'appointments.no-show',
  tag,
  summary: 'Mark a no-show',
  description: 'Nobody came. From booked or confirmed, not before the start.',
  params: appointmentId,
  answers: { 200: Appointment },
  problems: ['resource.not-found', 'appointment.illegal-transition'],
  example: { params, answer: { ...exampleAppointment, status: 'no-show' } },
})

export const reopenNoShow = route({
  operationId: 'reopenNoShow',
  method: 'DELETE',
  url: '/appointments/{appointmentId}/no-show',
  permission: 'appointments.no-show',
  tag,
  summary: 'Take a no-show back',
  description:
    'They came after all: the visit is what it was before, booked or confirmed. For two hours after it was marked.',
  params: appointmentId,
  answers: { 200: Appointment },
  problems: ['resource.not-found', 'appointment.illegal-transition'],
  example: { params, answer: exampleAppointment },
})
