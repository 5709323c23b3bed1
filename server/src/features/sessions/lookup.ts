export { openSession } from './open-session.ts'
export { exportSessions, forgetDevicesOf } from './queries/devices.ts'
export { endSessionsOf } from './queries/sessions.ts'
