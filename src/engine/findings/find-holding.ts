import { invariant } from '../../base/invariant.ts';
import type { Decision } from '../../model/decision.ts';
import type { Relation } from '../../model/model.ts';
import type { TypeName } from '../../model/names.ts';
import { emptyContext } from '../../model/relationship.ts';
import { formatSubjectRef, type SubjectRef, subjectOf, wildcardOf } from '../../model/subject-ref.ts';
import { comparePage, type FoundDecisions, type Side } from '../impact/compare-page.ts';
import type { GroupCheck } from '../impact/differences.ts';
import type { ImpactBudget } from '../impact/impact-budget.ts';
import type { NamedNode, NodeId, SearchableSnapshot } from '../ports.ts';
import { compareObjects } from '../review/find-contained-objects.ts';
import { compareText } from '../review/grant-paths.ts';
import { decideWithin } from './decide-within.ts';

/** A plain subject by its node; or a type, for everybody of it who is written nowhere. */
export type HolderKey = NodeId | TypeName;

/** Who holds one relation on which objects. */
export class Holding implements FoundDecisions {
  readonly relation: Relation;
  readonly places = new Map<HolderKey, NamedNode[]>();
  /** Where everybody of a type holds it. */
  readonly everybody: { readonly type: TypeName; readonly object: NamedNode }[] = [];
  /** Whether not everybody was asked. */
  isCut = false;
  /** Whether, of somebody, only a context says. */
  isUndecided = false;

  constructor(relation: Relation) {
    this.relation = relation;
  }

  add({ object, subject, members }: GroupCheck, decision: Decision): void {
    if (decision.kind === 'undecided') this.isUndecided = true;
    if (decision.kind !== 'allowed') return;
    if (subject.kind === 'wildcard') this.everybody.push({ type: subject.type, object });
    for (const one of subjectsOf(subject, members)) this.note(one, object);
  }

  note(subject: HolderKey, object: NamedNode): void {
    const places = this.places.get(subject) ?? [];
    this.places.set(subject, places);
    places.push(object);
  }

  /** The first object, in their order, that it is held on. */
  firstOf(subject: HolderKey): NamedNode | undefined {
    return this.places.get(subject)?.toSorted((left, right) => compareObjects(left.object, right.object))[0];
  }

  async takeExamples(): Promise<void> {}
}

/** Who holds a relation on these objects, without any context but the time. */
export async function findHolding(
  snapshot: SearchableSnapshot,
  relation: Relation,
  objects: readonly NamedNode[],
  budget: ImpactBudget,
): Promise<Holding> {
  const holding = new Holding(relation);
  const all = objects.filter(({ object }) => object.type === relation.type);
  holding.isCut = !(await askEverybody(snapshot, [relation], all, budget, holding));
  return holding;
}

/**
 * Adds those of some subjects who hold the relation as everybody of their type does, wherever that is. Only a wildcard covers them there,
 * and each may be an exception; so each is asked about.
 */
export async function addCovered(
  snapshot: SearchableSnapshot,
  holding: Holding,
  keys: readonly HolderKey[],
  budget: ImpactBudget,
): Promise<void> {
  if (holding.everybody.length === 0) return;
  const names = await snapshot.readNames(keys.filter((key) => typeof key === 'number'));
  const questions = [...names].flatMap(([node, object]) => {
    const known = new Set(holding.places.get(node)?.map((place) => place.node));
    const there = holding.everybody.filter(({ type, object: at }) => type === object.type && !known.has(at.node));
    return there.map(({ object: at }) => ({ node, subject: subjectOf(object), at }));
  });
  const asked = questions.map(({ node, subject, at }) => {
    return { node, at, subject, relation: holding.relation.name, object: at.object, context: emptyContext };
  });
  const decided = await decideWithin(snapshot, asked, budget);
  if (decided === undefined) holding.isCut = true;
  for (const [{ node, at }, { kind }] of decided ?? []) {
    if (kind === 'allowed') holding.note(node, at);
    if (kind === 'undecided') holding.isUndecided = true;
  }
}

/** Those who hold a relation on any of these objects, in the order of their names. */
export async function findHolders(
  snapshot: SearchableSnapshot,
  relation: Relation,
  objects: readonly NamedNode[],
  budget: ImpactBudget,
): Promise<Pick<Holding, 'isCut' | 'isUndecided'> & { readonly subjects: readonly SubjectRef[] }> {
  const { places, isCut, isUndecided } = await findHolding(snapshot, relation, objects, budget);
  const named = await nameHolders(snapshot, [...places.keys()]);
  const subjects = [...named.values()].toSorted((a, b) => compareText(formatSubjectRef(a), formatSubjectRef(b)));
  return { subjects, isCut, isUndecided };
}

export async function nameHolders(
  snapshot: SearchableSnapshot,
  keys: readonly HolderKey[],
): Promise<ReadonlyMap<HolderKey, SubjectRef>> {
  const names = await snapshot.readNames(keys.filter((key) => typeof key === 'number'));
  const nameOf = (key: HolderKey): SubjectRef => {
    if (typeof key !== 'number') return wildcardOf(key);
    const object = names.get(key);
    invariant(object !== undefined, 'a subject has a name');
    return subjectOf(object);
  };
  return new Map(keys.map((key) => [key, nameOf(key)] as const));
}

export function subjectsOf(subject: SubjectRef, members: readonly NodeId[]): readonly HolderKey[] {
  return subject.kind === 'wildcard' ? [subject.type] : members;
}

const objectsPerPage = 100;

/** Asks of everybody whether they hold one relation, or two of them; false when not everybody was asked. */
export async function askEverybody(
  snapshot: SearchableSnapshot,
  [first, second]: readonly [Relation, Relation?],
  objects: readonly NamedNode[],
  budget: ImpactBudget,
  found: FoundDecisions,
): Promise<boolean> {
  const side = (relation: Relation | undefined): Side => ({ snapshot, relation });
  const sides = { before: side(first), after: side(second), states: [snapshot] };
  let isComplete = true;
  for (let start = 0; start < objects.length; start += objectsPerPage) {
    const compared = await comparePage(sides, objects.slice(start, start + objectsPerPage), budget, found);
    if (compared === 'budget spent') return false;
    if (compared !== 'complete') isComplete = false;
  }
  return isComplete;
}
