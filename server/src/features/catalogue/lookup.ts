export { shareSchedule } from './queries/schedule-lock.ts'
