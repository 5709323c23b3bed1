import { createHmac, timingSafeEqual } from 'node:crypto'
import http from 'node:http'
import pg from 'pg'
import { limitRoutes } from './limit-routes.ts'

/**
 * What this machine can do with Node's own HTTP server, a pool of connections and one hand-written statement per request:
 * the same answers from the same tables, with no framework, validation, trail or limits in between.
 * Environment: PORT, DATABASE_URL, TOKEN_SECRET, and DATA_DIR with the keyring of the sealed records.
 */
const { PORT, DATABASE_URL, DATA_DIR = '', TOKEN_SECRET = '' } = process.env
const { TIMESTAMPTZ, DATE } = pg.types.builtins
const instant = (text: string) => `${text.slice(0, 10)}T${text.slice(11, -3)}Z`
const types = {
  getTypeParser: (oid: number) => (oid === TIMESTAMPTZ ? instant : oid === DATE ? String : pg.types.getTypeParser(oid)),
}
const pool = new pg.Pool({
  connectionString: DATABASE_URL,
  max: 10,
  options: '-c role=petra_app -c TimeZone=UTC',
  types: types as pg.CustomTypesConfig,
})
const answerTo = await limitRoutes(
  DATA_DIR,
  async (name, text, values) => (await pool.query({ name, text, values })).rows,
)

const server = http.createServer(async (request, response) => {
  try {
    const owner = ownerOf(request.headers.authorization)
    const [status, body] = owner === null ? [401, {}] : await answerTo(request, owner)
    const bytes = Buffer.from(JSON.stringify(body))
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length })
    response.end(bytes)
  } catch (error) {
    console.error(`limit: ${(error as Error).message}`)
    response.writeHead(500).end()
  }
})
server.listen(Number(PORT), '127.0.0.1')

/** Who a token `owner.expiry.mac` speaks for; its HMAC-SHA-256 is checked at every request. */
function ownerOf(authorization = ''): string | null {
  const [owner = '', expiry = '', mac = ''] = authorization.slice('Bearer '.length).split('.')
  const wanted = createHmac('sha256', TOKEN_SECRET).update(`${owner}.${expiry}`).digest()
  const given = Buffer.from(mac, 'base64url')
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted) || Number(expiry) * 1000 < Date.now())
    return null
  return owner
}
