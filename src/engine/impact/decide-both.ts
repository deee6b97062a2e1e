import { zip } from '../../base/zip.ts';
import type { Decision } from '../../model/decision.ts';
import { emptyContext } from '../../model/relationship.ts';
import { type Check, checkAllInSnapshot } from '../check/check.ts';
import { TooComplex } from '../meter.ts';
import type { Snapshot } from '../ports.ts';
import type { ComparedDecision } from './access-differences.ts';
import type { TwoStates } from './compare-each.ts';

/** What is asked of two states. */
export type ComparedQuestion = Omit<ComparedDecision, 'before' | 'after'>;

/** So many questions are decided at a time. */
export const checksPerSlice = 1000;

/** The decisions of both states, for each question; undefined where they are too complex to be made. */
export async function decideBoth({ before, after }: TwoStates, questions: readonly ComparedQuestion[]) {
  const checks = questions.map(({ subject, object, permission }): Check => {
    return { subject, relation: permission.name, object: object.object, context: emptyContext };
  });
  try {
    return zip(await decide(before, checks), await decide(after, checks));
  } catch (error) {
    if (error instanceof TooComplex) return undefined;
    throw error;
  }
}

async function decide(snapshot: Snapshot, checks: readonly Check[]): Promise<readonly Decision[]> {
  return (await checkAllInSnapshot(snapshot, { checks, contextual: [] })).decisions;
}
