import { zip } from '../../src/base/zip.ts';
import { type Check, check } from '../../src/engine/check/check.ts';
import { checkAtOnce } from '../../src/engine/check/check-at-once.ts';
import type { ExcerptReader } from '../../src/engine/ports.ts';
import { prepareModel } from '../../src/engine/prepared-model.ts';
import { formatObjectRef } from '../../src/model/object-ref.ts';
import { formatSubjectRef } from '../../src/model/subject-ref.ts';
import { type Level, referenceCheck } from '../reference/reference-check.ts';
import { outcomeOf } from './decide.ts';
import { MemoryEdges, now } from './memory-edges.ts';
import type { RandomWorld } from './random-world.ts';

/** What was found out about one check of a world. */
export interface Judgement {
  readonly check: Check;
  readonly together: string;
  readonly alone: string;
  /** The least and the most that the reference lets the check come to; the same unless a circle leads through "but not". */
  readonly least: Level;
  readonly most: Level;
  /** What is answered at once without the contextual relationships; undefined where that is for goals to say. */
  readonly atOnce: string | undefined;
  /** What goals say to the same. */
  readonly inLevels: string;
  readonly fits: boolean;
}

/** Asks the checks of a world together and one by one, and the reference evaluator as well. */
export async function judgeWorld(world: RandomWorld): Promise<readonly Judgement[]> {
  const store = new MemoryEdges(prepareModel(world.model), world.stored);
  const ask = async (checks: readonly Check[]) => {
    const { decisions } = await check(store, { checks, contextual: world.contextual });
    return decisions.map(outcomeOf);
  };
  const together = await ask(world.checks);
  const alone = (await Promise.all(world.checks.map((one) => ask([one])))).flat();
  const inLevels = await askStored(store, world.checks);
  const atOnce = await Promise.all(world.checks.map((one) => askAtOnce(store, [one])));
  const allAtOnce = await askAtOnce(
    store,
    world.checks.filter(({ subject }) => subject.kind === 'object'),
  );
  return world.checks.map((one, index) => {
    const outcome = together[index] ?? 'no answer';
    const { least, most } = referenceCheck({ ...world, now }, one);
    const level = levelOf(outcome);
    const [quick, slow] = [atOnce[index]?.get(one), inLevels[index] ?? 'no answer'];
    const isSame = [quick, allAtOnce?.get(one)].every((answer) => answer === undefined || answer === slow);
    const fits = level !== undefined && least <= level && level <= most && alone[index] === outcome && isSame;
    return {
      check: one,
      together: outcome,
      alone: alone[index] ?? 'no answer',
      least,
      most,
      atOnce: quick,
      inLevels: slow,
      fits,
    };
  });
}

async function askStored(store: MemoryEdges, checks: readonly Check[]): Promise<readonly string[]> {
  const { decisions } = await check(store, { checks, contextual: [] });
  return decisions.map(outcomeOf);
}

/** By check; undefined where the question is not plain. */
export async function askAtOnce(
  reader: ExcerptReader,
  checks: readonly Check[],
): Promise<ReadonlyMap<Check, string> | undefined> {
  const answer = await checkAtOnce(reader, () => ({ checks, contextual: [] }), { isWatched: () => false });
  return answer && new Map(zip(checks, answer.decisions.map(outcomeOf)));
}

export function describeJudgement(judgement: Judgement): string {
  const { check: one, together, alone, least, most, atOnce, inLevels } = judgement;
  const question = `${formatObjectRef(one.object)}#${one.relation}@${formatSubjectRef(one.subject)}`;
  return `${question}: ${together} in the batch, ${alone} alone; the reference says ${least} to ${most}; without contextual relationships ${inLevels}, at once ${atOnce ?? 'not told'}`;
}

/** Whatever is neither allowed nor denied is the code of a problem with a condition. */
function levelOf(outcome: string): Level | undefined {
  if (outcome === 'allowed') return 2;
  if (outcome === 'denied') return 0;
  return ['MISSING_CONTEXT', 'INVALID_CONTEXT', 'CONDITION_FAILED'].includes(outcome) ? 1 : undefined;
}
