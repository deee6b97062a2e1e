import { namesOfStatement } from '../../src/base/fault-points.ts';

const seen = new Set<string>();
const unnamed: string[] = [];

/** Notes a statement that `src/base/fault-points.ts` has no name for, or several: nobody tries what happens when it fails. */
export function noteStatement(text: string): void {
  if (seen.has(text)) return;
  seen.add(text);
  const names = namesOfStatement(text);
  if (names.length !== 1) unnamed.push(`${names.length} names for: ${text.replaceAll(/\s+/g, ' ')}`);
}

export function throwIfUnnamed(): void {
  if (unnamed.length > 0)
    throw new Error(`src/base/fault-points.ts has not one name for each statement.\n${unnamed.splice(0).join('\n')}`);
}
