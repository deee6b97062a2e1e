import { invariant } from '../../base/invariant.ts';
import type { Decision } from '../../model/decision.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { RelationPair } from '../../model/toxic-pair.ts';
import type { FoundDecisions } from '../impact/compare-page.ts';
import type { GroupCheck } from '../impact/differences.ts';
import type { ImpactBudget } from '../impact/impact-budget.ts';
import type { NamedNode, SearchableSnapshot } from '../ports.ts';
import { compareObjects } from '../review/find-contained-objects.ts';
import { addCovered, askEverybody, findHolding, type HolderKey, nameHolders, subjectsOf } from './find-holding.ts';

/** Somebody who has both permissions of a pair, and on which objects: the first of each. */
export interface PairHolder {
  /** A plain subject; or a wildcard, for everybody of its type who is written nowhere there. */
  readonly subject: SubjectRef;
  readonly first: ObjectRef;
  readonly second: ObjectRef;
}

export interface PairHolders {
  /** In the order of their objects and names. */
  readonly holders: readonly PairHolder[];
  /** Whether not everybody was asked: others may have both as well. */
  readonly isCut: boolean;
  /** Whether, of somebody, only a context says whether they have both. */
  readonly isUndecided: boolean;
}

/** Who has both permissions, on the same of these objects or on any of them, without any context but the time. */
export async function findPairHolders(
  snapshot: SearchableSnapshot,
  pair: RelationPair,
  objects: readonly NamedNode[],
  budget: ImpactBudget,
): Promise<PairHolders> {
  const found =
    pair.scope === 'object'
      ? await holdersOnOne(snapshot, pair, objects, budget)
      : await holdersAnywhere(snapshot, pair, objects, budget);
  const named = await nameAll(snapshot, found.holders);
  return { ...found, holders: named.toSorted(compareHolders) };
}

/** A holder before it has a name. */
interface FoundHolder {
  readonly subject: HolderKey;
  readonly first: NamedNode;
  readonly second: NamedNode;
}

interface FoundHolders extends Omit<PairHolders, 'holders'> {
  readonly holders: readonly FoundHolder[];
}

async function holdersOnOne(
  snapshot: SearchableSnapshot,
  { first, second }: RelationPair,
  objects: readonly NamedNode[],
  budget: ImpactBudget,
): Promise<FoundHolders> {
  const both = new BothHeld();
  const all = objects.filter(({ object }) => object.type === first.type && first.type === second.type);
  const isWhole = await askEverybody(snapshot, [first, second], all, budget, both);
  return { holders: both.holders, isCut: !isWhole, isUndecided: both.isOpen };
}

/** Those who hold both relations that are compared. */
class BothHeld implements FoundDecisions {
  readonly holders: FoundHolder[] = [];
  isOpen = false;

  add({ object, subject, members }: GroupCheck, first: Decision, second: Decision): void {
    if (first.kind === 'denied' || second.kind === 'denied') return;
    if (first.kind === 'undecided' || second.kind === 'undecided') this.isOpen = true;
    else
      this.holders.push(
        ...subjectsOf(subject, members).map((one) => ({ subject: one, first: object, second: object })),
      );
  }

  async takeExamples(): Promise<void> {}
}

async function holdersAnywhere(
  snapshot: SearchableSnapshot,
  { first, second }: RelationPair,
  objects: readonly NamedNode[],
  budget: ImpactBudget,
): Promise<FoundHolders> {
  const one = await findHolding(snapshot, first, objects, budget);
  const other = await findHolding(snapshot, second, objects, budget);
  await addCovered(snapshot, one, [...other.places.keys()], budget);
  await addCovered(snapshot, other, [...one.places.keys()], budget);
  const holders = [...one.places.keys()].flatMap((subject): readonly FoundHolder[] => {
    const [at, there] = [one.firstOf(subject), other.firstOf(subject)];
    return at === undefined || there === undefined ? [] : [{ subject, first: at, second: there }];
  });
  return { holders, isCut: one.isCut || other.isCut, isUndecided: one.isUndecided || other.isUndecided };
}

async function nameAll(snapshot: SearchableSnapshot, found: readonly FoundHolder[]): Promise<readonly PairHolder[]> {
  const names = await nameHolders(snapshot, [...new Set(found.map(({ subject }) => subject))]);
  return found.map(({ subject, first, second }) => {
    const named = names.get(subject);
    invariant(named !== undefined, 'every holder is named');
    return { subject: named, first: first.object, second: second.object };
  });
}

function compareHolders(left: PairHolder, right: PairHolder): number {
  const [a, b] = [formatSubjectRef(left.subject), formatSubjectRef(right.subject)];
  const order = compareObjects(left.first, right.first) || compareObjects(left.second, right.second);
  return order || (a < b ? -1 : a > b ? 1 : 0);
}
