/** What may be kept and shown of an error: its name, and its code if it has one. Its text may quote what a person wrote. */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Error'
  const { code } = error as { code?: unknown }
  return [error.name, typeof code === 'string' || typeof code === 'number' ? String(code) : '']
    .filter(Boolean)
    .join(' ')
}
