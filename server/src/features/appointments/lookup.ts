export { cancelVisitsOf } from './cancel-appointment.ts'
export { exportVisits } from './queries/appointments.ts'
