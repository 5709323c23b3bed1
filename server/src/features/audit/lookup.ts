export { exportActivity } from './queries/activity.ts'
