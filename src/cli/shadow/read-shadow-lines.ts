import { isRecord } from '../../base/canonical-json.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { readTextFile } from '../read-text-file.ts';

export const shadowResults = ['same', 'old_allow', 'old_deny', 'undecided', 'error', 'dropped'] as const;
export type ShadowResult = (typeof shadowResults)[number];

/** One comparison, as the guard package writes it. */
export interface ShadowLine {
  readonly at: Date;
  readonly type: string;
  readonly permission: string;
  readonly object: string;
  readonly subject: string | undefined;
  /** What the old system said, where it answered. */
  readonly old: 'allowed' | 'denied' | undefined;
  readonly result: ShadowResult;
}

/** The comparisons of files of JSON lines; lines of other logs are passed over, and one that cannot be read is a problem. */
export async function readShadowLines(paths: readonly string[]): Promise<Result<readonly ShadowLine[], string>> {
  const lines: ShadowLine[] = [];
  for (const path of paths) {
    for (const [index, text] of (await readTextFile(path)).split('\n').entries()) {
      if (text.trim() === '') continue;
      const line = readLine(text);
      if (line === undefined) {
        const fix = 'Next: see what wrote it; a line that is cut off at the end of a file is still being written.';
        return failed(`Line ${index + 1} of ${quote(path)} is no line of a log. ${fix}`);
      }
      if (line !== 'other') lines.push(line);
    }
  }
  return ok(lines);
}

function readLine(text: string): ShadowLine | 'other' | undefined {
  const line = parse(text);
  if (!isRecord(line)) return undefined;
  if (line.log !== 'shadow') return typeof line.log === 'string' ? 'other' : undefined;
  const { type, permission, object, subject, old } = line;
  const at = new Date(typeof line.at === 'string' ? line.at : Number.NaN);
  const result = shadowResults.find((known) => known === line.result);
  if (Number.isNaN(at.getTime()) || result === undefined) return undefined;
  if (typeof type !== 'string' || typeof permission !== 'string' || typeof object !== 'string') return undefined;
  if (subject !== undefined && typeof subject !== 'string') return undefined;
  if (old !== undefined && old !== 'allowed' && old !== 'denied') return undefined;
  return { at, type, permission, object, subject, old, result };
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
