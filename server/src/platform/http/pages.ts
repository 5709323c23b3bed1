import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'

/**
 * Serves a page and what it loads, read once at the start. They are part of no contract; the headers of every answer keep
 * the page from loading or being framed by anything foreign.
 * @param files by path: the file's type and where it is
 */
export function servePages(app: FastifyInstance, files: Readonly<Record<string, { type: string; file: URL }>>): void {
  for (const [path, { type, file }] of Object.entries(files)) {
    const content = readFileSync(file, 'utf8')
    app.get(path, (_request, reply) =>
      reply.header('cache-control', 'no-cache').type(`${type}; charset=utf-8`).send(content),
    )
  }
}
