import { mkdir, open, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileStore } from './file-store.ts'
import { readFileRange, type Spool } from './spool.ts'

/** Keeps files in a folder: written aside, then renamed into place, so that there is never a part of one. */
export function openDiskStore(folder: string, spool: Spool): FileStore {
  const pathOf = (name: string) => join(folder, name.slice(-2), name)
  return {
    async put(name, content) {
      const { path } = await spool.write(name, content, true)
      const target = pathOf(name)
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await rename(path, target)
      await syncFolder(dirname(target))
    },
    read: (name, { from, to }) => readFileRange(pathOf(name), from, to),
    async remove(name) {
      await unlink(pathOf(name)).catch((error) => {
        if (error.code !== 'ENOENT') throw error
      })
    },
  }
}

/** A new name outlives a power cut once its folder is written. */
async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r')
  await handle.sync()
}
