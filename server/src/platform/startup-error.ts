/** A failure to start that the operator can mend; `main.ts` prints its message on one line and exits 1. */
export class StartupError extends Error {
  override name = 'StartupError'
}

/** Says in plain words why `folder` cannot be used; an error that did not come from a file is returned as it is. */
export function unusableFolder(folder: string, error: unknown): unknown {
  const { code, path, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || path === undefined || syscall?.startsWith('spawn')) return error
  return new StartupError(
    `Petra cannot use the folder ${folder}: ${reasons[code] ?? code}. Mend that, or set DATA_DIR to another folder.`,
    { cause: error },
  )
}

/** Says in plain words why the file that `error` came from cannot be used; one that came from none is returned as it is. */
export function unusableFile(error: unknown): unknown {
  const { code, path, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || path === undefined || syscall?.startsWith('spawn')) return error
  return new StartupError(`Petra cannot use ${path}: ${reasons[code] ?? code}.`, { cause: error })
}

/** Says in plain words why the database at `url` cannot be used, without the password; a StartupError is returned as it is. */
export function unusableDatabase(url: string, error: unknown): StartupError {
  if (error instanceof StartupError) return error
  const { code = '', message } = error as NodeJS.ErrnoException
  const { host, pathname } = new URL(url)
  const reason = refusals[code] ?? (message || code)
  return new StartupError(`Petra cannot use the database ${host}${pathname}: ${reason}.`, { cause: error })
}

const refusals: Record<string, string> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'the host name is unknown',
  ETIMEDOUT: 'no answer',
}

const reasons: Record<string, string> = {
  ENOENT: 'it is not there',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file is in the way',
  ENOTDIR: 'a file is in the way',
}
