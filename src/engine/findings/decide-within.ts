import { zip } from '../../base/zip.ts';
import type { Decision } from '../../model/decision.ts';
import type { Check } from '../check/check.ts';
import { checkAllInParts } from '../check/check-in-parts.ts';
import type { ImpactBudget } from '../impact/impact-budget.ts';
import { TooComplex } from '../meter.ts';
import type { SearchableSnapshot } from '../ports.ts';

const checksPerSlice = 1_000;

/** The answers to checks, each with its question; undefined where the budget ends before all of them are there. */
export async function decideWithin<Asked extends Check>(
  snapshot: SearchableSnapshot,
  checks: readonly Asked[],
  budget: ImpactBudget,
): Promise<readonly (readonly [Asked, Decision])[] | undefined> {
  const decided: (readonly [Asked, Decision])[] = [];
  for (let start = 0; start < checks.length; start += checksPerSlice) {
    const slice = checks.slice(start, start + checksPerSlice);
    if (!budget.spend(slice.length)) return undefined;
    const decisions = await orTooMany(() => checkAllInParts(snapshot, { checks: slice, contextual: [] }));
    if (decisions === undefined) return undefined;
    decided.push(...zip(slice, decisions.decisions));
  }
  return decided;
}

/** Undefined where that takes more steps than a question may. */
async function orTooMany<Value>(run: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof TooComplex) return undefined;
    throw error;
  }
}
