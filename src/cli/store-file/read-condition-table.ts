import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isExactNumber } from '../../base/exact-number.ts';
import { readTextFile } from '../read-text-file.ts';
import type { ConditionCase } from './judge-condition.ts';

/** A line of a table of conditions. */
export interface TableCase extends ConditionCase {
  readonly table: string;
  /** What must come out. A parameter that is missing is an error, too: the question cannot be decided. */
  readonly answer: 'true' | 'false' | 'refused' | 'error';
  /** A number of the context that is refused wherever a context is read, because it would be rounded. */
  readonly tooLong: string | undefined;
}

const line = z.object({
  params: z.record(z.string(), z.string()),
  expression: z.string(),
  context: z.record(z.string(), z.unknown()),
  answer: z.union([z.boolean(), z.enum(['refused', 'error', 'missing'])]),
});

/** The cases of all tables of conditions (`*.jsonl`) among the paths and in their folders; throws a sentence for a wrong line. */
export async function readConditionTables(paths: readonly string[]): Promise<readonly TableCase[]> {
  const cases: TableCase[] = [];
  for (const path of paths) {
    for (const file of await filesAt(path)) {
      const lines = (await readTextFile(file)).split('\n');
      cases.push(...lines.flatMap((text, index) => (text === '' ? [] : [readCase(file, text, index + 1)])));
    }
  }
  return cases;
}

/** Whether the file is a table of conditions; relationships are written as lines of JSON, too. */
export async function isConditionTable(path: string): Promise<boolean> {
  if (!path.endsWith('.jsonl')) return false;
  const [first = ''] = (await readTextFile(path)).split('\n');
  try {
    return line.safeParse(JSON.parse(first)).success;
  } catch {
    return false;
  }
}

async function filesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  const names = found?.isDirectory() ? (await readdir(path, { recursive: true })).toSorted() : [];
  const files = found?.isDirectory() ? names.map((name) => join(path, name)) : [path];
  const tables = await Promise.all(files.map(isConditionTable));
  return files.filter((_, index) => tables[index]);
}

function readCase(table: string, text: string, number: number): TableCase {
  try {
    let tooLong: string | undefined;
    const parsed: unknown = JSON.parse(text, (_key, value: unknown, { source }: { readonly source?: string } = {}) => {
      if (typeof value === 'number' && source !== undefined && !isExactNumber(source)) tooLong = source;
      return value;
    });
    const { answer, ...one } = line.parse(parsed);
    if (typeof answer === 'boolean') return { table, ...one, tooLong, answer: answer ? 'true' : 'false' };
    return { table, ...one, tooLong, answer: answer === 'missing' ? 'error' : answer };
  } catch {
    throw new Error(`Line ${number} of "${table}" is no condition with params, expression, context and answer.`);
  }
}
