import { join } from 'node:path';
import { countOf } from '../../../base/count-of.ts';
import { quote } from '../../../base/text-problem.ts';
import type { Model } from '../../../model/model.ts';
import { formatModelProblem, type ModelSource } from '../../../model/model-source.ts';
import type { Relationship } from '../../../model/relationship.ts';
import type { Actor } from '../../../operations/actor.ts';
import { publishModel } from '../../../operations/models/publish-model.ts';
import type { Postern } from '../../../operations/postern.ts';
import { describeRefusal } from '../../../operations/refusal.ts';
import { maxRelationshipsPerWrite, writeRelationships } from '../../../operations/relationships/write-relationships.ts';
import { asArgument, commandLine } from '../../command-line.ts';
import { everySoOften } from '../../every-so-often.ts';
import { readTextFile } from '../../read-text-file.ts';
import { planFiles, type ReadReport, readPlanReport } from '../plan/plan-files.ts';
import { type Comparison, compareStored } from './compare-stored.ts';
import { nextStep } from './next-step.ts';
import { readPlanned } from './read-planned.ts';
import { refuseLoss } from './refuse-loss.ts';

type Print = (line: string) => void;

export const movingActor: Actor = { kind: 'console', command: 'postern import' };

export interface ApplyOptions {
  /** Whether the model of the plan may take the place of one that has types and relations which it lacks. */
  readonly replaceModel: boolean;
}

/**
 * Does what a plan says: publishes its model and writes its relationships, so many at once. What is there already is left as it
 * is, so that it can be stopped anywhere and begun again; in the end all of it is read back and compared.
 */
export async function applyPlan(postern: Postern, folder: string, options: ApplyOptions, print: Print): Promise<void> {
  const report = await readPlanReport(folder);
  if (report.blocking.length > 0) throw new Error(notApplied(folder, report));
  const planned = await readPlanned(folder);
  const before = await compareStored(postern, planned, new Date());
  refuseOthers(folder, before);
  const reason = `Moved in from ${report.source.kind}, plan ${report.digest}`;
  await publish(postern, folder, { ...options, reason }, print);
  print(`Relationships to write: ${before.missing.length}; ${before.present} are there already.`);
  await writeAll(
    postern,
    before.missing,
    reason,
    everySoOften(print, (written, of) => `${written} of ${of} relationships written.`),
  );
  await verify(postern, planned, print);
  print(`All of the plan is here. ${await nextStep(postern, folder, report)}`);
  if (report.source.follow !== undefined) {
    print(`The source goes on. Next: ${commandLine(`import follow ${asArgument(folder)}`)}`);
  }
}

function notApplied(folder: string, { blocking }: ReadReport): string {
  const flags = blocking.map((kind) => `--allow-refused ${kind}`).join(' ');
  return `The plan in ${quote(folder)} refuses something (${blocking.join(', ')}), and nothing was changed. Next: mend the source, or plan again with ${flags}.`;
}

function refuseOthers(folder: string, { others, strangers }: Comparison): void {
  if (others.length > 0) {
    throw new Error(
      listed(
        `Relationships of the plan in ${quote(folder)} are stored with another condition, beginning or end; nothing was changed.`,
        others,
      ),
    );
  }
  if (strangers.length === 0) return;
  const what =
    'of relations that the plan writes are stored and not in it, so that its counts could not be equal; nothing was changed.';
  throw new Error(
    listed(
      `${countOf(strangers.length, 'relationship')} ${what} Next: remove them, or move into an empty database.`,
      strangers,
    ),
  );
}

const mostShown = 10;

function listed(what: string, names: readonly string[]): string {
  const more = names.length > mostShown ? [`… and ${names.length - mostShown} more.`] : [];
  return [what, ...names.slice(0, mostShown), ...more].join('\n');
}

interface PublishOptions extends ApplyOptions {
  readonly reason: string;
}

async function publish(
  postern: Postern,
  folder: string,
  { replaceModel, reason }: PublishOptions,
  print: Print,
): Promise<void> {
  const dsl = await readTextFile(join(folder, planFiles.model));
  const active = await postern.store.readModel(undefined);
  if (active?.dsl === dsl) return print('The model of the plan is the active one.');
  const source = { kind: 'dsl', dsl } as const;
  if (!replaceModel) await refuseLoss(postern, folder, await parsePlanned(postern, folder, source));
  const published = await publishModel(postern, movingActor, { source, activate: true, dryRun: false, reason });
  if (!published.ok) throw refusedModel(folder, describeRefusal(published.problem));
  print('The model of the plan is published and active. Servers that run show it in their schema after a restart.');
  if (active !== undefined) {
    print(`Model ${active.id} was active before. The way back to it: ${commandLine(`model activate ${active.id}`)}`);
  }
}

async function parsePlanned({ store }: Postern, folder: string, source: ModelSource): Promise<Model> {
  const parsed = await store.parser.parse(source, 'publish');
  if (parsed.ok) return parsed.value.model;
  throw refusedModel(folder, parsed.problem.map(formatModelProblem).join('\n'));
}

function refusedModel(folder: string, why: string): Error {
  return new Error(`The model of ${quote(folder)} was refused.\n${why}`);
}

async function writeAll(
  postern: Postern,
  missing: readonly Relationship[],
  reason: string,
  onProgress: (written: number, of: number) => void,
): Promise<void> {
  const options = { deletes: [], onDuplicate: 'IGNORE', onMissing: 'ERROR', reason, idempotency: undefined } as const;
  for (let start = 0; start < missing.length; start += maxRelationshipsPerWrite) {
    const writes = missing.slice(start, start + maxRelationshipsPerWrite);
    const written = await writeRelationships(postern, movingActor, { writes, ...options });
    if (!written.ok) {
      throw new Error(
        `The first ${start} of ${missing.length} relationships were written, and one of the next was refused: ${describeRefusal(written.problem)}`,
      );
    }
    onProgress(start + writes.length, missing.length);
  }
}

/** What ends within this time may have ended while it was written. */
const endingSoonMs = 60_000;

async function verify(postern: Postern, planned: ReadonlyMap<string, Relationship>, print: Print): Promise<void> {
  const now = Date.now();
  const after = await compareStored(postern, planned, new Date(now));
  const gone = after.missing.filter(
    ({ expiresAt }) => expiresAt === undefined || expiresAt.getTime() > now + endingSoonMs,
  );
  for (const { type, relation, planned: wanted, stored } of after.counts) {
    print(`  ${type}#${relation}: ${wanted} planned, ${stored} read back`);
  }
  if (gone.length === 0 && after.others.length === 0 && after.strangers.length === 0) return;
  throw new Error(
    'What was read back is not what was planned: somebody else writes at the same time. Next: stop that, and apply the plan again.',
  );
}
