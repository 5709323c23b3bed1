import { password } from '../../src/demo/cast.ts'
import type { Answer } from '../setup.ts'

/** Somebody of the demo company, signed in over HTTP. */
export interface Visitor {
  readonly token: string
  /** `url` leads to another process than the one signed in at. */
  call(method: string, path: string, body?: unknown, url?: string): Promise<Answer>
}

export async function signIn(url: string, email: string): Promise<Visitor> {
  const { body } = await call(url, null, 'POST', '/auth/login', { email, password })
  return {
    token: body.accessToken,
    call: (method, path, sent, at = url) => call(at, body.accessToken, method, path, sent),
  }
}

async function call(url: string, token: string | null, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
}
