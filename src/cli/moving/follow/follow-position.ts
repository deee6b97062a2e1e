import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { quote } from '../../../base/text-problem.ts';
import { readTextFile } from '../../read-text-file.ts';
import type { ChangePosition, FollowStart } from '../plan/moving-plan.ts';
import type { ReadReport } from '../plan/plan-files.ts';

const positionShape = z.union([z.strictObject({ token: z.string() }), z.strictObject({ startTime: z.string() })]);
const startShape = z.strictObject({ url: z.string(), store: z.string(), model: z.string(), position: positionShape });
const keptShape = z.strictObject({ digest: z.string(), position: positionShape });

/** Where the plan was read from; throws a sentence where that was a file. */
export function readFollowStart(folder: string, { source }: ReadReport): FollowStart {
  const read = startShape.safeParse(source.follow);
  if (read.success) return read.data;
  throw new Error(
    `The plan in ${quote(folder)} was read from a file, which nobody can follow. Next: plan with --from openfga --url and --store.`,
  );
}

const fileName = 'follow.json';

/** Where the last run came to, if it followed this plan. */
export async function readPosition(folder: string, digest: string): Promise<ChangePosition | undefined> {
  const path = join(folder, fileName);
  if (!existsSync(path)) return undefined;
  const kept = keptShape.safeParse(JSON.parse(await readTextFile(path)));
  if (!kept.success)
    throw new Error(`${quote(path)} is not what was written there. Next: remove it, and follow again from the start.`);
  return kept.data.digest === digest ? kept.data.position : undefined;
}

/** Takes the place of the one before in one step. */
export async function savePosition(folder: string, digest: string, position: ChangePosition): Promise<void> {
  const path = join(folder, fileName);
  await writeFile(`${path}.new`, `${JSON.stringify({ digest, position })}\n`);
  await rename(`${path}.new`, path);
}
