import { constants, realpathSync } from 'node:fs';
import { type FileHandle, lstat, open, readlink } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { quote } from '../base/text-problem.ts';

/** Why a path is not read; nothing was looked at of what it leads to. */
export class OutsideFolder extends Error {}

/** Most that is read of one file, and by one call. */
export const mostFileBytes = 2 * 1024 * 1024;
const mostBytesOfCall = 16 * 1024 * 1024;

/**
 * The one folder that this process reads files of, where somebody else says which: every file, also one that a file names. Links
 * are not followed, be they in the folder or not, and what is no plain file is not opened.
 */
class Confinement {
  readonly #root: string;
  #left = mostBytesOfCall;

  constructor(folder: string) {
    this.#root = realpathSync(folder);
  }

  begin(): void {
    this.#left = mostBytesOfCall;
  }

  async read(path: string): Promise<Buffer> {
    const file = await this.find(path);
    // A pipe would wait for somebody who writes, and a link that has taken the place of the file is refused.
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { size } = await this.#checkPlain(path, handle);
      await this.#checkPlace(path, file, handle);
      // Before memory is taken for it: several may be read at once.
      this.#spend(size);
      const bytes = Buffer.alloc(size);
      const { bytesRead } = await handle.read(bytes, 0, size, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }

  /** What was opened must be what stands there: a link may have taken the place of a folder on the way, after that was looked at. */
  async #checkPlace(path: string, file: string, handle: FileHandle): Promise<void> {
    // Linux knows where it is, whatever the names have become by now; elsewhere it is looked for again.
    const isThere =
      process.platform === 'linux'
        ? (await readlink(`/proc/self/fd/${handle.fd}`)) === file
        : await isSame(handle, await this.find(path));
    if (!isThere) throw new OutsideFolder(`${quote(path)} became another file while it was opened.`);
  }

  /** Where a plain file of the folder is; throws for every other path, and what the system says where there is none. */
  async find(path: string): Promise<string> {
    const file = resolve(this.#root, path);
    const inside = relative(this.#root, file);
    if (path.includes('\0') || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside))
      throw outside(path);
    let place = this.#root;
    for (const part of inside.split(sep)) {
      place = join(place, part);
      if ((await lstat(place)).isSymbolicLink())
        throw new OutsideFolder(`${quote(path)} is a link, or leads over one. Next: name the file itself.`);
    }
    await this.#checkPlain(path, { stat: () => lstat(place) });
    return place;
  }

  async #checkPlain(
    path: string,
    file: { stat(): Promise<{ isFile(): boolean; isDirectory(): boolean; readonly size: number }> },
  ) {
    const found = await file.stat();
    if (found.isDirectory()) throw new OutsideFolder(`${quote(path)} is a folder. Next: name a file in it.`);
    if (!found.isFile()) throw new OutsideFolder(`${quote(path)} is no plain file.`);
    if (found.size > mostFileBytes) throw new OutsideFolder(`${quote(path)} is larger than ${mostFileBytes} bytes.`);
    return found;
  }

  /** Counts what a call reads. */
  #spend(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0)
      throw new OutsideFolder(`The files of one call are larger than ${mostBytesOfCall} bytes together.`);
  }
}

async function isSame(handle: FileHandle, place: string): Promise<boolean> {
  const [opened, found] = [await handle.stat(), await lstat(place)];
  return opened.dev === found.dev && opened.ino === found.ino;
}

function outside(path: string): OutsideFolder {
  return new OutsideFolder(`${quote(path)} is not in the folder that this was started in.`);
}

/** From here on this process reads no file outside of a folder, for as long as it lives. */
export function confineTo(folder: string): void {
  confinement = new Confinement(folder);
}

/** Before each call: it may read as much as every other one. */
export function beginReading(): void {
  confinement?.begin();
}

/** What stands in a file, where this process is confined; undefined where it is not. */
export async function readConfined(path: string): Promise<Buffer | undefined> {
  return confinement?.read(path);
}

/** Throws unless the path is one of a plain file in the folder; absolute ones are refused, wherever they lead. */
export async function checkConfined(path: string): Promise<void> {
  if (isAbsolute(path) || /^\w:|\\/.test(path) || path.split('/').includes('..')) throw outside(path);
  try {
    await confinement?.find(path);
  } catch (error) {
    if (error instanceof OutsideFolder) throw error;
    // That there is none is told by whoever reads it, with what is near.
    if (isMissing(error)) return;
    throw new OutsideFolder(`${quote(path)} cannot be read.`);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

let confinement: Confinement | undefined;
