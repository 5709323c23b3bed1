import { createReadStream, readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { names } from './conditional.ts'
import { openApiDocument } from './openapi.ts'
import { varyBy } from './spoken.ts'

const swaggerUi = new URL('.', import.meta.resolve('@fastify/swagger-ui/package.json'))

/** What the console loads of Swagger UI, which is taken from its plugin's folder: the plugin would bring parsers and 3 MB for these. */
const consoleFiles = {
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
  'favicon-32x32.png': 'image/png',
}

/** The OpenAPI document, written once, and Swagger UI's own files for the console at /docs. */
export function serveDocs(app: FastifyInstance): void {
  const zipped = gzipSync(JSON.stringify(openApiDocument()))
  for (const path of ['/openapi.json', '/docs/json']) {
    app.get(path, ({ headers }, reply) => {
      const takesGzip = /\bgzip\b(?!;\s*q=0(?![.\d]*[1-9]))/.test(headers['accept-encoding'] ?? '')
      if (takesGzip) reply.header('content-encoding', 'gzip')
      varyBy(reply, 'Accept-Encoding')
      return reply.type('application/json; charset=utf-8').send(takesGzip ? zipped : gunzipSync(zipped))
    })
  }
  app.get('/docs/', (_request, reply) => reply.redirect('/docs'))
  const { version } = JSON.parse(readFileSync(new URL('package.json', swaggerUi), 'utf8'))
  const tag = `"${version}"`
  for (const [name, type] of Object.entries(consoleFiles)) {
    app.get(`/docs/static/${name}`, ({ headers }, reply) => {
      reply.headers({ etag: tag, 'cache-control': 'no-cache' })
      if (names(headers['if-none-match'] ?? '', tag)) return reply.code(304).send()
      return reply.type(type).send(createReadStream(new URL(`static/${name}`, swaggerUi)))
    })
  }
}
