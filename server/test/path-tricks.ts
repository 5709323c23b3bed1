import type { Method } from '@petra/contract'

/** What goes on the wire in place of the plain request. */
export interface Trick {
  readonly method?: string
  readonly target?: string
  readonly headers?: Record<string, string>
}

export interface Plain {
  readonly method: Method
  readonly path: string
  readonly host: string
  /** The token of somebody who may do more. */
  readonly token: string
}

const lastSlash = /\/(?=[^/]+$)/
const firstLetter = /[a-z]/

/** Ways in which other servers have been talked past their checks, by name. */
export const tricks: Readonly<Record<string, (plain: Plain) => Trick>> = {
  'a slash doubled in front': at((path) => `/${path}`),
  'a slash doubled within': at((path) => path.replace(lastSlash, '//')),
  'every slash doubled': at((path) => path.replaceAll('/', '//')),
  'a slash at the end': at((path) => `${path}/`),
  'a dot segment': at((path) => `/.${path}`),
  'a dot segment at the end': at((path) => `${path}/.`),
  'a way up': at((path) => `/health/..${path}`),
  'a way down and up': at((path) => `${path}/x/..`),
  'an encoded dot': at((path) => `/%2e${path}`),
  'an encoded way up': at((path) => `/health/%2e%2e${path}`),
  'an encoded way up and slash': at((path) => `/health/%2E%2E%2F${path.slice(1)}`),
  'a doubly encoded way up': at((path) => `/health/%252e%252e${path}`),
  'encoded slashes': at((path) => `/${path.slice(1).replaceAll('/', '%2f')}`),
  'doubly encoded slashes': at((path) => `/${path.slice(1).replaceAll('/', '%252F')}`),
  'an encoded slash at the end': at((path) => `${path}%2f`),
  'an encoded letter': at((path) => path.replace(firstLetter, encoded)),
  'a doubly encoded letter': at((path) => path.replace(firstLetter, (letter) => `%25${encoded(letter).slice(1)}`)),
  'a broken encoding': at((path) => `${path}%`),
  'a matrix parameter': at((path) => `${path};x=1`),
  'a matrix parameter within': at((path) => path.replace(lastSlash, ';x=1/')),
  'a way up with a matrix parameter': at((path) => `/health/..;${path}`),
  'upper case': at((path) => path.toUpperCase()),
  'a capital': at((path) => path.replace(firstLetter, (letter) => letter.toUpperCase())),
  'an overlong dot': at((path) => `/%c0%ae%c0%ae${path}`),
  'an overlong slash': at((path) => path.replace(lastSlash, '%c0%af')),
  'an overlong slash in bytes': at((path) => path.replace(lastSlash, '\xc0\xaf')),
  'a wide slash': at((path) => path.replace(lastSlash, '%ef%bc%8f')),
  'a backslash': at((path) => path.replace(lastSlash, '\\')),
  'an encoded backslash': at((path) => path.replace(lastSlash, '%5c')),
  'a NUL at the end': at((path) => `${path}%00`),
  'a NUL and a suffix': at((path) => `${path}%00.json`),
  'a suffix': at((path) => `${path}.json`),
  'a space at the end': at((path) => `${path}%20`),
  'a tab at the end': at((path) => `${path}%09`),
  'a line break at the end': at((path) => `${path}%0d%0a`),
  'a fragment': at((path) => `${path}#x`),
  'a public fragment': at((path) => `${path}#/health/live`),
  'an encoded fragment': at((path) => `${path}%23x`),
  'the absolute form': ({ path, host }) => ({ target: `http://${host}${path}` }),
  'the absolute form, TLS': ({ path, host }) => ({ target: `https://${host}${path}` }),
  'the absolute form of another host': ({ path }) => ({ target: `http://other.example${path}` }),
  'the absolute form with a name': ({ path, host }) => ({ target: `http://ada:secret@${host}${path}` }),
  'a path without its slash': at((path) => path.slice(1)),
  'a token in the query': ({ path, token }) => ({ target: withQuery(path, `access_token=${token}`) }),
  'a method in the query': ({ path }) => ({ target: withQuery(path, '_method=GET') }),
  'a method in a field': () => ({ headers: { 'x-http-method-override': 'GET', 'x-method-override': 'HEAD' } }),
  'a change in a field': () => ({ headers: { 'x-http-method-override': 'DELETE', 'x-http-method': 'PUT' } }),
  'a public path in a field': () => ({
    headers: { 'x-original-url': '/health/live', 'x-rewrite-url': '/health/live' },
  }),
  'an address of ours in a field': () => ({ headers: { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' } }),
  'a token in other fields': ({ token }) => ({
    headers: {
      cookie: `token=${token}; access_token=${token}`,
      'x-access-token': token,
      'proxy-authorization': `Bearer ${token}`,
    },
  }),
  HEAD: ({ method }) => ({ method: method === 'GET' ? 'HEAD' : method }),
  OPTIONS: () => ({ method: 'OPTIONS' }),
  'OPTIONS before another method': ({ method }) => ({
    method: 'OPTIONS',
    headers: { origin: 'https://other.example', 'access-control-request-method': method },
  }),
  TRACE: () => ({ method: 'TRACE' }),
  'a method nobody has': () => ({ method: 'PROPFIND' }),
}

/** Changes the path and leaves a query as it is. */
function at(change: (path: string) => string): (plain: Plain) => Trick {
  return ({ path }) => {
    const [bare = '', ...query] = path.split('?')
    return { target: [change(bare), ...query].join('?') }
  }
}

function encoded(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16)}`
}

function withQuery(path: string, query: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${query}`
}
