export { cancelVisitsOf } from './cancel-appointment.ts'
