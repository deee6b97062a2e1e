import { invariant } from '../../base/invariant.ts';
import { zip } from '../../base/zip.ts';
import type { Decision } from '../../model/decision.ts';
import { denied } from '../../model/decision.ts';
import type { Relation } from '../../model/model.ts';
import { emptyContext } from '../../model/relationship.ts';
import { type SubjectRef, subjectOf, subjectType, wildcardOf } from '../../model/subject-ref.ts';
import { checkAllInSnapshot } from '../check/check.ts';
import { TooComplex } from '../meter.ts';
import type { NamedNode, NodeId, SearchableSnapshot } from '../ports.ts';
import type { GroupCheck } from './differences.ts';
import { groupSubjects, type Target } from './group-subjects.ts';
import type { ImpactBudget } from './impact-budget.ts';
import { nobodyOf, withNobody } from './nobody.ts';

/** A relation on both sides of a comparison. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
  /** The different relationships of the sides: one state under two models, or two states. */
  readonly states: readonly SearchableSnapshot[];
}

/** One side; without a relation where its model lacks the permission, which nobody has then. */
export interface Side {
  readonly snapshot: SearchableSnapshot;
  readonly relation: Relation | undefined;
}

/** Takes what was decided, and names what it is going to show of a page whose objects are all compared. */
export interface FoundDecisions {
  add(question: GroupCheck, before: Decision, after: Decision): void;
  takeExamples(page: readonly NamedNode[]): Promise<void>;
}

export type Compared = 'complete' | 'too large' | 'budget spent';

const checksPerSlice = 1000;

/**
 * Who holds a relation on some objects on one side and not on the other, by the decisions of the check without any context but the
 * time. The steps of a question end a comparison as its budget does: what was not compared is named.
 */
export async function comparePage(...page: Parameters<typeof compareAll>): Promise<Compared> {
  try {
    return await compareAll(...page);
  } catch (error) {
    if (error instanceof TooComplex) return 'budget spent';
    throw error;
  }
}

async function compareAll(
  sides: Sides,
  page: readonly NamedNode[],
  budget: ImpactBudget,
  found: FoundDecisions,
): Promise<Compared> {
  if (page.length === 0) return 'complete';
  if (!budget.spend(0)) return 'budget spent';
  const targets = [sides.before, sides.after].flatMap(({ snapshot, relation }): readonly Target[] =>
    relation === undefined ? [] : [{ snapshot, relation }],
  );
  const nodes = page.map(({ node }) => node);
  const groups = await groupSubjects(targets, sides.states, nodes);
  if (groups === undefined) {
    if (page.length === 1) return 'too large';
    const half = Math.ceil(page.length / 2);
    const first = await compareAll(sides, page.slice(0, half), budget, found);
    if (first === 'budget spent') return first;
    const second = await compareAll(sides, page.slice(half), budget, found);
    return second === 'complete' ? first : second;
  }
  const questions = await questionsOf(targets, page, groups);
  const before = await decideAll(sides.before, questions, budget);
  const after = before && (await decideAll(sides.after, questions, budget));
  if (before === undefined || after === undefined) return 'budget spent';
  for (const [question, was] of before) found.add(question, was, after.get(question) ?? denied);
  await found.takeExamples(page);
  return 'complete';
}

async function questionsOf(
  targets: readonly Target[],
  page: readonly NamedNode[],
  groups: ReadonlyMap<NodeId, Iterable<{ readonly members: readonly [NodeId, ...NodeId[]] }>>,
): Promise<readonly GroupCheck[]> {
  const [first] = targets;
  const all = page.flatMap((object) =>
    [...(groups.get(object.node) ?? [])].map(({ members }) => ({ object, members })),
  );
  const names = await first?.snapshot.readNames([...new Set(all.map(({ members }) => members[0]))]);
  const subjects = new Map([...(names ?? [])].map(([node, object]) => [node, subjectOf(object)]));
  const wildcards = wildcardsOf(targets);
  const ofGroups = all.map(({ object, members }): GroupCheck & { node: NodeId } => {
    const subject = subjects.get(members[0]);
    invariant(subject !== undefined, 'a subject has a name');
    return { object, subject, members, node: members[0] };
  });
  const ofWildcards = wildcards.flatMap((subject) => page.map((object) => ({ object, subject, members: [] })));
  // Questions about one subject share their goals if they stand together.
  return [...ofWildcards, ...ofGroups.toSorted((left, right) => left.node - right.node)];
}

function wildcardsOf(targets: readonly Target[]): readonly SubjectRef[] {
  const types = targets.flatMap(({ snapshot: { prepared }, relation }) =>
    [...prepared.model.types.values()].flatMap(({ name }) =>
      prepared.reachable.canReach(relation, wildcardOf(name)) ? [name] : [],
    ),
  );
  return [...new Set(types)].toSorted().map(wildcardOf);
}

async function decideAll(
  { snapshot, relation }: Side,
  questions: readonly GroupCheck[],
  budget: ImpactBudget,
): Promise<ReadonlyMap<GroupCheck, Decision> | undefined> {
  const decided = new Map<GroupCheck, Decision>(questions.map((question) => [question, denied]));
  if (relation === undefined) return decided;
  const { types } = snapshot.prepared.model;
  // Of a type that the model lacks, nobody holds anything.
  const asked = questions.filter(({ subject }) => types.has(subjectType(subject)));
  for (let start = 0; start < asked.length; start += checksPerSlice) {
    const slice = asked.slice(start, start + checksPerSlice);
    if (!budget.spend(slice.length)) return undefined;
    const checks = slice.map(({ subject, object }) => {
      const asked = subject.kind === 'wildcard' ? nobodyOf(subject.type) : subject;
      return { subject: asked, relation: relation.name, object: object.object, context: emptyContext };
    });
    const { decisions } = await checkAllInSnapshot(withNobody(snapshot), { checks, contextual: [] });
    for (const [question, decision] of zip(slice, decisions)) decided.set(question, decision);
  }
  return decided;
}
