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

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file is in the way',
  ENOTDIR: 'a file is in the way',
}
