import { constants } from 'node:fs'
import { access, mkdir, stat, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { StartupError, unusableFolder } from './startup-error.ts'

/**
 * Holds `folder` (made when missing) for this process alone, until disposed of or until the process ends in any way:
 * what is held is a listening socket, which the kernel closes. It guards within one machine or one container.
 *
 * @throws {StartupError} when another process holds it, or the folder cannot be written to
 */
export async function lockFolder(folder: string): Promise<AsyncDisposable> {
  const path = resolve(folder)
  const name = await identityOf(path)
  const socket = await holdSocket(process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`))
  if (socket === undefined) {
    throw new StartupError(`Another Petra is running on ${path}. Stop it first, or set DATA_DIR to another folder.`)
  }
  return { [Symbol.asyncDispose]: () => closed(socket) }
}

/** The same for every path that leads to the folder. */
async function identityOf(folder: string): Promise<string> {
  try {
    // Others may pass through but not look around: started by root, the embedded database runs as another user.
    await mkdir(folder, { recursive: true, mode: 0o711 })
    await access(folder, constants.W_OK | constants.X_OK)
    const { dev, ino } = await stat(folder, { bigint: true })
    return `petra-${dev}-${ino}`
  } catch (error) {
    throw unusableFolder(folder, error)
  }
}

/**
 * Listens on `address`: a name in Linux's abstract namespace (it starts with NUL and leaves no file), or a socket file,
 * which is taken over when nobody answers on it. Undefined when another process listens there.
 */
export async function holdSocket(address: string): Promise<Server | undefined> {
  const socket = await listen(address)
  if (socket !== undefined || address.startsWith('\0') || (await isAnswered(address))) return socket
  await unlink(address)
  return await listen(address)
}

function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((caller) => caller.destroy())
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen(address, () => resolve(server.unref()))
  })
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const caller = connect(path, () => {
      caller.destroy()
      resolve(true)
    })
    caller.once('error', () => resolve(false))
  })
}

function closed(socket: Server): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()))
}
