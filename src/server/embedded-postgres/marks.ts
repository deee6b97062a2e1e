import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processStart } from './process-start.ts';

/** A server keeps the database for as long as it runs, a command for as long as it takes. */
export type Role = 'server' | 'command';

/**
 * An empty file in the folder whose name says which process made it, by its id and its start time, and what for.
 * A dead process never lives again, so anyone may remove its marks at any time.
 */
export interface Mark {
  readonly kind: MarkKind;
  readonly role: Role;
  readonly pid: number;
  readonly name: string;
}

/** Who owns the database; who uses the one of another process; whose is open to others, or about to end. */
export type MarkKind = 'owner' | 'guest' | 'open' | 'leaving';

export function makeMark(folder: string, kind: MarkKind, role: Role): Mark {
  const name = `${kind}-${role}-${process.pid}-${processStart(process.pid)}-${randomBytes(4).toString('hex')}`;
  writeFileSync(join(folder, name), '', { flag: 'wx', mode: 0o600 });
  return { kind, role, pid: process.pid, name };
}

/** A mark beside another one of this process, and found by it. */
export function markBeside(folder: string, mark: Mark, kind: MarkKind): void {
  writeFileSync(join(folder, beside(mark, kind)), '', { mode: 0o600 });
}

export function hasBeside(folder: string, mark: Mark, kind: MarkKind): boolean {
  return existsSync(join(folder, beside(mark, kind)));
}

/** Removes a mark and what is beside it; the mark itself goes last, because it is what others look for. */
export function removeMark(folder: string, mark: Mark): void {
  for (const kind of ['open', 'leaving', mark.kind] as const) {
    rmSync(join(folder, beside(mark, kind)), { force: true });
  }
}

/** The marks of living processes; those of dead ones are removed. */
export function livingMarks(folder: string, kind: 'owner' | 'guest'): readonly Mark[] {
  return readdirSync(folder).flatMap((name) => {
    const [, found, role = 'server', pid, start] = pattern.exec(name) ?? [];
    if (found !== kind) return [];
    const mark: Mark = { kind, role: role === 'command' ? role : 'server', pid: Number(pid), name };
    if (processStart(mark.pid) === start) return [mark];
    removeMark(folder, mark);
    return [];
  });
}

const pattern = /^(owner|guest)-(?:(server|command)-)?(\d+)-(.+)-[0-9a-f]{8}$/;

function beside(mark: Mark, kind: MarkKind): string {
  return kind + mark.name.slice(mark.kind.length);
}
