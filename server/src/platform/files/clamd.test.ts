import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { scanned } from './clamd.ts'

const unavailable = { code: 'service.unavailable', status: 503 }
const waits = { connectMs: 300, silentMs: 300 }

async function* content() {
  for (let piece = 0; piece < 100; piece++) yield Buffer.alloc(65_536)
}

function pass(url: string, given: Partial<typeof waits>): Promise<unknown> {
  return Array.fromAsync(scanned(content(), url, { connectMs: 60_000, silentMs: 60_000, ...given }))
}

// The machine itself gives up after two minutes.
test('nobody waits long for a clamd that lets nobody in', { timeout: 60_000 }, async () => {
  const { url, leave } = await fullHouse()
  try {
    await assert.rejects(pass(url, { connectMs: waits.connectMs }), unavailable)
  } finally {
    await leave()
  }
})

test('nor for one that lets everybody in and says nothing, whether it reads or not', { timeout: 60_000 }, async () => {
  for (const reads of [true, false]) {
    const sockets: Socket[] = []
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => {}))
      if (reads) socket.resume()
      else socket.pause()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`
    await assert.rejects(pass(url, { silentMs: waits.silentMs }), unavailable)
    for (const socket of sockets) socket.destroy()
    server.close()
  }
})

/** A port whose queue of those that want to connect is full, and stays so: its thread has stopped. */
async function fullHouse() {
  const thread = new Worker(
    `const { parentPort } = require('node:worker_threads')
     const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port)
       setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
     })`,
    { eval: true },
  )
  const [port] = await once(thread, 'message')
  const sockets = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => {}))
  await Promise.all(sockets.slice(0, 2).map((socket) => once(socket, 'connect')))
  return {
    url: `tcp://127.0.0.1:${port}`,
    async leave() {
      for (const socket of sockets) socket.destroy()
      await thread.terminate()
    },
  }
}
