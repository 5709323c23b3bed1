export { exportActivity } from './queries/activity.ts'
export { deleteOriginsOf } from './queries/origins.ts'
