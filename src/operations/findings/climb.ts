import { findReach } from '../../engine/findings/find-reach.ts';
import type { AccessDifference } from '../../engine/impact/access-differences.ts';
import { AccessDifferenceBuilder } from '../../engine/impact/access-differences.ts';
import type { AskedPermissions, TwoStates } from '../../engine/impact/compare-each.ts';
import type { FoundDecisions } from '../../engine/impact/compare-page.ts';
import { compareWritten } from '../../engine/impact/compare-written.ts';
import type { GroupCheck } from '../../engine/impact/differences.ts';
import type { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import type { Decision } from '../../model/decision.ts';
import type { Relation } from '../../model/model.ts';
import { isPermissionName } from '../../model/names.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import { Trial } from '../../store/trial/trial.ts';
import { unconstrained } from '../../store/write-constraint.ts';
import type { Refusal } from '../refusal.ts';
import { shortestPath } from './climb-path.ts';
import type { ClimbStep, GrantRight } from './climb-step.ts';
import { relationsGrantedBy } from './escalations.ts';
import type { FindingScope } from './finding-scope.ts';
import { nextSteps } from './next-steps.ts';

/** What a subject could come to. */
export interface Climb {
  /** What it would be allowed and is not. */
  readonly gained: AccessDifference;
  /** Steps after which something is gained first. */
  readonly stepsTaken: number;
  /** Something of what is gained first. */
  readonly target: GrantRight | undefined;
  /** The fewest relationships that lead there, one after the other; undefined where there are too many to try. */
  readonly path: readonly Relationship[] | undefined;
  /** Whether it could give itself roles that may also take something away, which are not followed. */
  readonly leavesOut: boolean;
  readonly isUndecided: boolean;
}

/** Relations of objects that what is written is followed to, and roles that one subject could write. */
const maxReached = 20_000;
const maxWrites = 1_000;

/**
 * Gives a subject, step by step, each role that it may give to itself plainly, and asks after each what it may do that it may not do now.
 * The rules are those of writes: the right of each role, what the model admits, and that nobody gives certain roles to themselves. Roles
 * that some definition subtracts are left out, so that what is written never takes anything away, and to write all that one may is to
 * find all that one can come to. Undefined where there is too much to compare.
 */
export async function climb(
  scope: FindingScope,
  subject: SubjectRef,
  rights: readonly GrantRight[],
  most: number,
  budget: ImpactBudget,
): Promise<Climb | undefined> {
  const { snapshot } = scope;
  const trial = new Trial<Refusal>(snapshot, unconstrained);
  const steps: ClimbStep[] = [];
  let [known, leavesOut, isUndecided] = [rights, false, false];
  let first: Pick<Climb, 'stepsTaken' | 'target'> | undefined;
  let gained: AccessDifference = { count: 0, examples: [] };
  for (let number = 1; number <= most; number += 1) {
    if (!budget.spend(0)) return undefined;
    const next = await nextSteps(snapshot.prepared.model, trial, subject, known, number);
    leavesOut ||= next.leavesOut;
    const news = next.steps.filter(isNew(steps));
    if (news.length === 0) break;
    if (steps.length + news.length > maxWrites) return undefined;
    await trial.relationships.write(
      news.map(({ relationship }) => relationship),
      undefined,
    );
    steps.push(...news);
    const compared = await compare(scope, trial.states, subject, steps, budget);
    if (compared === undefined) return undefined;
    isUndecided ||= compared.isUndecided;
    gained = compared.gained;
    if (compared.allowed.length > 0) first ??= { stepsTaken: number, target: compared.allowed[0] };
    known = [
      ...rights,
      ...compared.allowed.filter(
        ({ permission }) => relationsGrantedBy(snapshot.prepared.model, permission).length > 0,
      ),
    ];
  }
  const { stepsTaken = 0, target } = first ?? {};
  const used = steps.filter(({ number }) => number <= stepsTaken);
  const path = target && (await shortestPath(snapshot, subject, used, target, budget));
  return { gained, stepsTaken, target, path, leavesOut, isUndecided };
}

function isNew(steps: readonly ClimbStep[]): (step: ClimbStep) => boolean {
  const known = new Set(steps.map(({ relationship }) => formatRelationship(relationship)));
  return ({ relationship }) => {
    const text = formatRelationship(relationship);
    const isFirst = !known.has(text);
    known.add(text);
    return isFirst;
  };
}

async function compare(
  { objects }: FindingScope,
  states: TwoStates,
  subject: SubjectRef,
  steps: readonly ClimbStep[],
  budget: ImpactBudget,
) {
  const { model } = states.before.prepared;
  const written = steps.flatMap(({ relationship, right }) => {
    const relation = model.types.get(relationship.object.type)?.relations.get(relationship.relation);
    return relation === undefined ? [] : [{ node: right.object.node, relation, subject }];
  });
  const reached = await findReach([states.before, states.after], written, maxReached);
  if (reached === undefined) return undefined;
  const nodes = Map.groupBy(
    reached.filter(({ relation }) => isPermissionName(relation.name)),
    ({ relation }) => relation,
  );
  const asked: AskedPermissions = new Map(
    [...nodes]
      .toSorted(([left], [right]) => left.number - right.number)
      .map(([permission, all]) => {
        const at = new Set(all.map(({ node }) => node));
        return [permission, objects.filter(({ node }) => at.has(node))];
      }),
  );
  const differences = new AccessDifferenceBuilder(states.after);
  const found = new Gained();
  const isWhole = await compareWritten(states, written, asked, budget, (permission) =>
    found.beside(permission, differences),
  );
  return isWhole
    ? { gained: differences.finish().gained, allowed: found.allowed, isUndecided: found.isUndecided }
    : undefined;
}

/** Collects what is allowed after and not before. */
class Gained {
  readonly allowed: GrantRight[] = [];
  isUndecided = false;

  beside(permission: Relation, differences: AccessDifferenceBuilder): FoundDecisions {
    const counted = differences.of(permission.name);
    return {
      add: (question: GroupCheck, before: Decision, after: Decision) => {
        counted.add(question, before, after);
        if (after.kind === 'undecided') this.isUndecided = true;
        if (after.kind === 'allowed' && before.kind !== 'allowed')
          this.allowed.push({ object: question.object, permission });
      },
      takeExamples: (page) => counted.takeExamples(page),
    };
  }
}
