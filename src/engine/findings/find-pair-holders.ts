import { invariant } from '../../base/invariant.ts';
import { zip } from '../../base/zip.ts';
import type { Decision } from '../../model/decision.ts';
import type { Relation } from '../../model/model.ts';
import type { TypeName } from '../../model/names.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { emptyContext } from '../../model/relationship.ts';
import { formatSubjectRef, type SubjectRef, subjectOf, wildcardOf } from '../../model/subject-ref.ts';
import type { RelationPair } from '../../model/toxic-pair.ts';
import { type Check, checkAllInSnapshot } from '../check/check.ts';
import { type Compared, comparePage, type FoundDecisions, type Side } from '../impact/compare-page.ts';
import type { GroupCheck } from '../impact/differences.ts';
import type { ImpactBudget } from '../impact/impact-budget.ts';
import { TooComplex } from '../meter.ts';
import type { NamedNode, NodeId, SearchableSnapshot } from '../ports.ts';
import { compareObjects } from '../review/find-contained-objects.ts';

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

/** A holder before it has a name: its node, or a type for a wildcard. */
interface FoundHolder {
  readonly subject: NodeId | TypeName;
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
  const isWhole = await ask(snapshot, [first, second], all, budget, both);
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
  const tables = [new Holding(first), new Holding(second)] as const;
  let isCut = false;
  for (const table of tables) {
    const all = objects.filter(({ object }) => object.type === table.relation.type);
    if (!(await ask(snapshot, [table.relation], all, budget, table))) isCut = true;
  }
  const [one, other] = tables;
  // Whom only a wildcard covers is asked for by name, since it may stand somewhere as an exception.
  const isAsked = (await addCovered(snapshot, one, other, budget)) && (await addCovered(snapshot, other, one, budget));
  const holders = [...one.first].flatMap(([subject, at]): readonly FoundHolder[] => {
    const there = other.first.get(subject);
    return there === undefined ? [] : [{ subject, first: at, second: there }];
  });
  return { holders, isCut: isCut || !isAsked, isUndecided: one.isOpen || other.isOpen };
}

/** Who holds one relation, and the first object that each holds it on. */
class Holding implements FoundDecisions {
  readonly relation: Relation;
  readonly first = new Map<NodeId | TypeName, NamedNode>();
  /** Where everybody of a type holds it. */
  readonly everybody: { readonly type: TypeName; readonly object: NamedNode }[] = [];
  isOpen = false;

  constructor(relation: Relation) {
    this.relation = relation;
  }

  add({ object, subject, members }: GroupCheck, decision: Decision): void {
    if (decision.kind === 'undecided') this.isOpen = true;
    if (decision.kind !== 'allowed') return;
    if (subject.kind === 'wildcard') this.everybody.push({ type: subject.type, object });
    for (const one of subjectsOf(subject, members)) this.note(one, object);
  }

  note(subject: NodeId | TypeName, object: NamedNode): void {
    const known = this.first.get(subject);
    if (known === undefined || compareObjects(object.object, known.object) < 0) this.first.set(subject, object);
  }

  async takeExamples(): Promise<void> {}
}

/** Adds to `table` who holds the other relation, and holds this one as everybody does. */
async function addCovered(
  snapshot: SearchableSnapshot,
  table: Holding,
  { first }: Holding,
  budget: ImpactBudget,
): Promise<boolean> {
  const open = [...first.keys()].filter((one) => typeof one === 'number' && !table.first.has(one));
  const names = await snapshot.readNames(open.filter((one) => typeof one === 'number'));
  const questions = [...names].flatMap(([node, object]) =>
    table.everybody.filter(({ type }) => type === object.type).map((at) => ({ node, object, at: at.object })),
  );
  if (questions.length === 0) return true;
  if (!budget.spend(questions.length)) return false;
  const checks = questions.map(({ object, at }) => {
    return { subject: subjectOf(object), relation: table.relation.name, object: at.object, context: emptyContext };
  });
  const decisions = await decideAll(snapshot, checks);
  for (const [{ node, at }, { kind }] of decisions === undefined ? [] : zip(questions, decisions)) {
    if (kind === 'allowed') table.note(node, at);
    if (kind === 'undecided') table.isOpen = true;
  }
  return decisions !== undefined;
}

/** Undefined where that takes more steps than a question may. */
async function decideAll(snapshot: SearchableSnapshot, checks: readonly Check[]) {
  try {
    return (await checkAllInSnapshot(snapshot, { checks, contextual: [] })).decisions;
  } catch (error) {
    if (error instanceof TooComplex) return undefined;
    throw error;
  }
}

/** Asks of everybody whether they hold one relation, or two of them; false when not everybody was asked. */
async function ask(
  snapshot: SearchableSnapshot,
  [first, second]: readonly [Relation, Relation?],
  objects: readonly NamedNode[],
  budget: ImpactBudget,
  found: FoundDecisions,
): Promise<boolean> {
  const side = (relation: Relation | undefined): Side => ({ snapshot, relation });
  let isComplete = true;
  for (let start = 0; start < objects.length; start += objectsPerPage) {
    const page = objects.slice(start, start + objectsPerPage);
    const sides = { before: side(first), after: side(second), states: [snapshot] };
    const compared: Compared = await comparePage(sides, page, budget, found);
    if (compared === 'budget spent') return false;
    if (compared !== 'complete') isComplete = false;
  }
  return isComplete;
}

const objectsPerPage = 100;

function subjectsOf(subject: SubjectRef, members: readonly NodeId[]): readonly (NodeId | TypeName)[] {
  return subject.kind === 'wildcard' ? [subject.type] : members;
}

async function nameAll(snapshot: SearchableSnapshot, found: readonly FoundHolder[]): Promise<readonly PairHolder[]> {
  const nodes = found.flatMap(({ subject }) => (typeof subject === 'number' ? [subject] : []));
  const names = await snapshot.readNames([...new Set(nodes)]);
  return found.map(({ subject, first, second }) => {
    const object = typeof subject === 'number' ? names.get(subject) : undefined;
    invariant(object !== undefined || typeof subject !== 'number', 'a subject has a name');
    const named = object === undefined ? wildcardOf(subject as TypeName) : subjectOf(object);
    return { subject: named, first: first.object, second: second.object };
  });
}

function compareHolders(left: PairHolder, right: PairHolder): number {
  const [a, b] = [formatSubjectRef(left.subject), formatSubjectRef(right.subject)];
  const order = compareObjects(left.first, right.first) || compareObjects(left.second, right.second);
  return order || (a < b ? -1 : a > b ? 1 : 0);
}
