export { openSession } from './open-session.ts'
export { exportSessions, exportTokens, forgetDevicesOf } from './queries/devices.ts'
export { endSessionsOf, hasSignedInFrom } from './queries/sessions.ts'
