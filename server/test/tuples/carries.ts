/** Whether what a token carries is enough for an operation. */
export function carries(carried: readonly string[], operation: string): boolean {
  const own = operation
    .replace(/^[a-z]+/, '')
    .replaceAll(/\B[A-Z]/g, '-$&')
    .toLowerCase()
  const [scope = own] = scopes.find(([, operations]) => operations.test(operation)) ?? []
  const needed = `${scope}:${/^(get|list)/.test(operation) ? 'read' : 'write'}`
  return operation === 'searchAvailability' || carried.includes(needed)
}

/** The scope that an operation hangs on, where it is not called as what it is about. */
const scopes: readonly (readonly [scope: string, operations: RegExp])[] = [
  ['owners', /Owners?$/],
  ['pets', /Pets?$|Photo$/],
  ['catalogue', /(Location|Resource|Service|Provider)$/],
  ['schedules', /(Hours|TimeOff|Closure)$/],
  ['appointments', /Appointments?$|NoShow$/],
  ['medical-records', /Medical|Medication|Problems|Weight|VisitNote|Addendum|Alerts/],
  ['audit', /AuditEvents$/],
]
