import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../../base/canonical-json.ts';
import { quote } from '../../../base/text-problem.ts';
import { readShape } from '../../../server/config/json-setting.ts';
import { readTextFile } from '../../read-text-file.ts';

export const planFiles = {
  model: 'model.fga',
  relationships: 'relationships.jsonl',
  tests: 'tests.fga.yaml',
  names: 'names.yaml',
  types: 'types.yaml',
} as const;
const reportFile = 'report.json';

/** What a plan says besides its files; `MovingReport` without what is computed of it. */
export type ReportBody = Readonly<Record<string, unknown>>;

export interface PlanTexts {
  readonly model: string;
  /** In their order. */
  readonly relationships: readonly string[];
  readonly tests: string;
  /** What everything is called, as it can be given again. */
  readonly names: string;
  readonly types: string;
}

/**
 * Writes a plan, and last of all the report with the digest of everything: a plan that was not written to its end has none.
 * Returns the digest.
 */
export async function writePlanFiles(folder: string, texts: PlanTexts, body: ReportBody): Promise<string> {
  await mkdir(folder, { recursive: true });
  await rm(join(folder, reportFile), { force: true });
  for (const file of ['model', 'tests', 'names', 'types'] as const) {
    await writeFile(join(folder, planFiles[file]), texts[file]);
  }
  await writeLines(join(folder, planFiles.relationships), texts.relationships);
  const digest = await digestOf(folder, body);
  await writeFile(join(folder, reportFile), `${JSON.stringify({ digest, ...body }, undefined, 2)}\n`);
  return digest;
}

const linesAtOnce = 10_000;

async function writeLines(path: string, lines: readonly string[]): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (let start = 0; start < lines.length; start += linesAtOnce) {
      await file.write(
        lines
          .slice(start, start + linesAtOnce)
          .map((line) => `${line}\n`)
          .join(''),
      );
    }
  } finally {
    await file.close();
  }
}

const reportShape = z.looseObject({
  digest: z.string(),
  source: z.looseObject({
    kind: z.enum(['openfga', 'spicedb', 'keto']),
    from: z.string(),
    follow: z.unknown().optional(),
  }),
  assertions: z.looseObject({ asked: z.number() }),
  allowed: z.array(z.string()),
  blocking: z.array(z.string()),
});

export type ReadReport = z.infer<typeof reportShape>;

/** The report of a plan that is as it was written; throws a sentence for any other. */
export async function readPlanReport(folder: string): Promise<ReadReport> {
  const path = join(folder, reportFile);
  const value: unknown = parseJson(path, await readTextFile(path));
  const read = readShape(reportShape, path, value);
  if (!read.ok) throw new Error(`${quote(path)} is no report of a plan.\n${read.problem.join('\n')}`);
  const { digest, ...body } = value as { readonly digest: string } & ReportBody;
  const actual = await digestOf(folder, body);
  if (actual === digest) return read.value;
  throw new Error(
    `The plan in ${quote(folder)} is not what was planned: its digest is ${actual.slice(0, 12)}…, and the report says ${digest.slice(0, 12)}…. Next: plan again, and change names with --names and --types.`,
  );
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${quote(path)} is no report of a plan: it is not JSON.`, { cause: error });
  }
}

/** Of all that the plan says. */
async function digestOf(folder: string, body: ReportBody): Promise<string> {
  const files = Object.values(planFiles).map(async (name) => [name, sha256(await bytesOf(folder, name))] as const);
  // As it is when it is read again.
  const read: unknown = JSON.parse(JSON.stringify(body));
  return sha256(Buffer.from(canonicalJson({ body: read, files: await Promise.all(files) })));
}

async function bytesOf(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    throw new Error(`The plan in ${quote(folder)} has no ${quote(name)}. Next: plan again.`, { cause: error });
  }
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
