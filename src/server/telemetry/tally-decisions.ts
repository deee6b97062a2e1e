import { invariant } from '../../base/invariant.ts';
import type { Decision } from '../../model/decision.ts';
import type { DecidedBatch } from '../../operations/decided-batch.ts';

/** Checks of a batch of one type, permission and outcome: `allowed`, `denied`, or the code of why it could not be decided. */
export interface Tally {
  readonly type: string;
  readonly permission: string;
  readonly outcome: string;
  checks: number;
}

/** Of a page, there are as many as it has permissions and outcomes, however long it is. In the order of the checks that came first. */
export function tallyDecisions({ checks, decisions }: Pick<DecidedBatch, 'checks' | 'decisions'>): readonly Tally[] {
  invariant(checks.length === decisions.length, 'there is a decision for each check');
  const all: Tally[] = [];
  const ofPermission = new Map<string, Tally[]>();
  // By index, and without a function for each check: a page of hundreds is counted for each request.
  for (let index = 0; index < checks.length; index += 1) {
    const check = checks[index];
    const decision = decisions[index];
    if (check === undefined || decision === undefined) continue;
    const found = ofPermission.get(check.relation) ?? [];
    if (found.length === 0) ofPermission.set(check.relation, found);
    const outcome = outcomeOf(decision);
    let tally = findTally(found, check.object.type, outcome);
    if (tally === undefined) {
      tally = { type: check.object.type, permission: check.relation, outcome, checks: 0 };
      found.push(tally);
      all.push(tally);
    }
    tally.checks += 1;
  }
  return all;
}

function findTally(tallies: readonly Tally[], type: string, outcome: string): Tally | undefined {
  for (const tally of tallies) if (tally.outcome === outcome && tally.type === type) return tally;
  return undefined;
}

function outcomeOf(decision: Decision): string {
  return decision.kind === 'undecided' ? decision.problem.code : decision.kind;
}
