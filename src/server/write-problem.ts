import { quote } from '../base/text-problem.ts';

/** Why a file or a folder cannot be written, with what to do next. */
export function writeProblem(path: string, error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `There is no folder that ${quote(path)} could be in. Next: make it, or name another one.`;
    case 'EISDIR':
      return `${quote(path)} is a folder. Next: name a file in it.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `This user may not write ${quote(path)}. Next: name another place.`;
    case 'ENOSPC':
      return `There is no room left for ${quote(path)}. Next: make some, or name another place.`;
    default:
      return `${quote(path)} cannot be written. Next: name another place.`;
  }
}
