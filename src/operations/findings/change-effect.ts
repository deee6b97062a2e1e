import { quote } from '../../base/text-problem.ts';
import { zip } from '../../base/zip.ts';
import { AccessDifferenceBuilder, type AccessDifferences } from '../../engine/impact/access-differences.ts';
import { affectedPermissions } from '../../engine/impact/compare-access.ts';
import type { AskedPermissions, TwoStates } from '../../engine/impact/compare-each.ts';
import type { FoundDecisions } from '../../engine/impact/compare-page.ts';
import { compareWritten, type WrittenEdge } from '../../engine/impact/compare-written.ts';
import { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import type { Source } from '../../engine/lists/find-sources.ts';
import type { NamedNode } from '../../engine/ports.ts';
import type { Model } from '../../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { TrialChange } from '../../store/trial/trial-changes.ts';
import type { Postern } from '../postern.ts';
import type { InputError } from '../refusal.ts';
import { EscalationBuilder, type OpenedEscalations } from './escalations.ts';
import { findOpenedPairs, type OpenedPairs } from './opened-pairs.ts';
import { relationOf } from './reached-objects.ts';
import type { SimulationScope } from './simulation-scope.ts';
import type { TriedChange } from './try-change.ts';

/** What a change means on the objects of a scope: decided before and after by the check, without any context but the time. */
export interface ChangeEffect extends AccessDifferences {
  /** How many relationships would be others: what is so already is no change. */
  readonly changed: number;
  /** Who would be able to give what they could not. */
  readonly escalations: OpenedEscalations;
  /** Who would have both permissions of a pair that nobody should have together, and has not now. */
  readonly toxicPairs: OpenedPairs;
  /** What would refuse the change, whoever made it. */
  readonly problems: readonly InputError[];
  /** Why something was not examined, in sentences; nothing where all was. */
  readonly notExamined: readonly string[];
}

/** Most checks that are made for one simulation, and for its pairs besides. */
const maxChecks = 200_000;
const maxPairChecks = 100_000;
/** Most time that is spent on it, and the part of a request's time that may go into it. */
const maxMs = 10_000;
const shareOfRequest = 0.5;
/** Objects that are named of those that it was looked at on. */
const mostNamed = 3;

export async function effectOf(
  postern: Postern,
  { changes, states, problems }: TriedChange,
  scope: SimulationScope,
  reached: readonly Source[] | undefined,
): Promise<ChangeEffect> {
  const deadline = performance.now() + Math.min(maxMs, postern.store.reader.timeoutMs * shareOfRequest);
  const budgetOf = (checks: number) => new ImpactBudget(checks, () => performance.now() > deadline);
  const objects = await namedNodesOf(states, scope.objects);
  const asked = findAsked(states.before.prepared.model, changes, objects, reached);
  const written = changes.map((change) => writtenEdgeOf(states.before.prepared.model, change));
  const differences = new AccessDifferenceBuilder(states.after);
  const escalations = new EscalationBuilder(states.after);
  const isComplete = await compareWritten(states, written, asked, budgetOf(maxChecks), (permission) =>
    both(differences.of(permission.name), escalations.of(permission)),
  );
  const { notExamined, ...toxicPairs } = await findOpenedPairs(
    states,
    postern.toxicPairs ?? [],
    asked,
    objects,
    budgetOf(maxPairChecks),
  );
  return {
    ...differences.finish(),
    changed: changes.length,
    escalations: escalations.finish(),
    toxicPairs,
    problems,
    notExamined: [
      ...(scope.isComplete
        ? []
        : ['Not everything that belongs to these objects was found: there is too much, or only a context says.']),
      ...(scope.leavesOut ? [describeLeftOut(scope)] : []),
      ...(isComplete ? [] : ['Not everything was compared: there is more than is said here.']),
      ...notExamined,
    ],
  };
}

async function namedNodesOf({ after }: TwoStates, objects: readonly ObjectRef[]): Promise<readonly NamedNode[]> {
  return zip(objects, await after.resolve(objects)).flatMap(([object, node]) =>
    node === undefined ? [] : [{ object, node }],
  );
}

/** The permissions on these objects that the changes reach; where they reach too far to be followed, all that they could change. */
function findAsked(
  model: Model,
  changes: readonly TrialChange[],
  objects: readonly NamedNode[],
  reached: readonly Source[] | undefined,
): AskedPermissions {
  const ofType = Map.groupBy(objects, ({ object }) => object.type);
  if (reached === undefined) {
    const written = new Set(changes.flatMap((change) => relationOf(model, change) ?? []));
    const affected = affectedPermissions(model, ofType.keys(), written);
    return new Map(affected.map((permission) => [permission, ofType.get(permission.type) ?? []]));
  }
  const nodes = Map.groupBy(reached, ({ relation }) => relation);
  const inOrder = [...nodes].toSorted(([left], [right]) => left.number - right.number);
  return new Map(
    inOrder.flatMap(([permission, all]) => {
      const at = new Set(all.map(({ node }) => node));
      const there = (ofType.get(permission.type) ?? []).filter(({ node }) => at.has(node));
      return there.length === 0 ? [] : [[permission, there] as const];
    }),
  );
}

function writtenEdgeOf(model: Model, change: TrialChange): WrittenEdge {
  return { relation: relationOf(model, change), subject: change.relationship.subject };
}

/** Neither which nor how many the others are: who may not review them does not know of them. */
function describeLeftOut({ starts }: SimulationScope): string {
  const named = starts.slice(0, mostNamed).map((object) => quote(formatObjectRef(object)));
  const more = starts.length > mostNamed ? ' and more' : '';
  return `The change may reach permissions on objects that were not examined: only ${named.join(', ')}${more}, what belongs there, and the first others that you may review were.`;
}

/** Tells both of what is decided. */
function both(one: FoundDecisions, other: FoundDecisions | undefined): FoundDecisions {
  if (other === undefined) return one;
  return {
    add: (question, before, after) => {
      one.add(question, before, after);
      other.add(question, before, after);
    },
    takeExamples: async (page) => {
      await one.takeExamples(page);
      await other.takeExamples(page);
    },
  };
}
