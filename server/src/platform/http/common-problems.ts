import type { ProblemCode, Route } from '@petra/contract'

/** What any route of this kind can answer with, beside what it declares. */
export function commonProblems(route: Route): ProblemCode[] {
  return [
    'request.malformed',
    'request.invalid',
    ...('permission' in route ? (['auth.required', 'auth.forbidden', 'auth.insufficient-scope'] as const) : []),
    ...(keepsAnswers(route) ? (['idempotency.in-progress', 'idempotency.mismatch'] as const) : []),
    ...(route.fileAnswer?.ranges ? (['range.not-satisfiable'] as const) : []),
    ...(isConditional(route) ? (['resource.stale'] as const) : []),
    ...(route.method === 'GET' ? [] : (['body.too-large', 'media-type.unsupported'] as const)),
    'rate.limited',
    'server.error',
    'service.unavailable',
  ]
}

/** Whether the route takes an Idempotency-Key. */
export function keepsAnswers(route: Route): boolean {
  return route.method === 'POST' && !route.url.startsWith('/auth/') && !route.secret
}

/** Whether the route honours If-Match. */
export function isConditional(route: Route): boolean {
  return ['PUT', 'PATCH', 'DELETE'].includes(route.method)
}
