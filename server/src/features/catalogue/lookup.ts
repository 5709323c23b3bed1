export { shareSchedule } from './schedule-lock.ts'
