import { readdir, readFile } from 'node:fs/promises';

/** A process as `/proc` tells of it. */
interface ProcessTimes {
  readonly id: number;
  readonly parent: number;
  readonly name: string;
  /** Its own time, and that of those which it started and which have ended. */
  readonly usedMs: number;
}

/** A tick of the clock in `/proc`: a hundredth of a second on every Linux that Node runs on. */
const tickMs = 10;

/** The processor time that a process and all that it started have used so far; undefined where there is no `/proc`. */
export async function treeUsedMs(root: number): Promise<number | undefined> {
  const all = await readProcesses();
  if (!all.some(({ id }) => id === root)) return undefined;
  const inTree = new Set([root]);
  // A process may stand before its parent in the list, so look until nothing is added.
  for (let size = 0; size < inTree.size; ) {
    size = inTree.size;
    for (const { id, parent } of all) if (inTree.has(parent)) inTree.add(id);
  }
  return all.reduce((total, { id, usedMs }) => (inTree.has(id) ? total + usedMs : total), 0);
}

/** The process that started this one, if both have this name. */
export async function parentOfSameName(id: number, name: string): Promise<number | undefined> {
  const [own] = await readTimes(id);
  const [parent] = own?.name === name ? await readTimes(own.parent) : [];
  return parent?.name === name ? parent.id : undefined;
}

async function readProcesses(): Promise<readonly ProcessTimes[]> {
  const names = await readdir('/proc').catch(() => []);
  const ids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  return (await Promise.all(ids.map(readTimes))).flat();
}

/** None for a process that has ended. */
async function readTimes(id: number): Promise<readonly ProcessTimes[]> {
  const text = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
  // The name stands in parentheses and may hold anything.
  const [, name, rest] = /^\d+ \((.*)\) (.*)$/s.exec(text) ?? [];
  if (name === undefined || rest === undefined) return [];
  const fields = rest.split(' ').map(Number);
  const ticks = fields.slice(11, 15).reduce((total, field) => total + field, 0);
  return [{ id, parent: fields[1] ?? 0, name, usedMs: ticks * tickMs }];
}
