import { invariant } from '../../base/invariant.ts';
import { zip } from '../../base/zip.ts';
import type { Decision } from '../../model/decision.ts';
import { denied } from '../../model/decision.ts';
import type { Relation } from '../../model/model.ts';
import type { ObjectId } from '../../model/names.ts';
import { emptyContext } from '../../model/relationship.ts';
import { type SubjectRef, subjectOf, subjectType, wildcardOf } from '../../model/subject-ref.ts';
import { checkAllInSnapshot } from '../check/check.ts';
import { TooComplex } from '../meter.ts';
import type { NamedNode, NodeId, SearchableSnapshot } from '../ports.ts';
import { DifferenceBuilder, type Differences, type GroupCheck } from './differences.ts';
import type { AffectedPermission } from './find-affected-permissions.ts';
import { groupSubjects, type Target } from './group-subjects.ts';
import type { ImpactBudget } from './impact-budget.ts';
import { nobodyOf, withNobody } from './nobody.ts';

/** Who has a permission under one model and not under another, on every object that the store knows. */
export interface ComparedPermission extends AffectedPermission, Differences {
  /** False when the budget ended, or an object was too large, before everything was compared: then all counts are too low. */
  readonly isComplete: boolean;
}

/** One state under two models. */
export interface TwoModels {
  readonly before: SearchableSnapshot;
  readonly after: SearchableSnapshot;
}

const objectsPerPage = 100;
const checksPerSlice = 1000;

/** Compares the decisions of the check, without any context but the time, object by object in the order of their ids. */
export async function comparePermission(
  models: TwoModels,
  { type, permission }: AffectedPermission,
  budget: ImpactBudget,
): Promise<ComparedPermission> {
  const sides = [models.before, models.after].map((snapshot): Side => {
    return { snapshot, relation: snapshot.prepared.model.types.get(type)?.relations.get(permission) };
  });
  const found = new DifferenceBuilder(models.before);
  let isComplete = true;
  let after: ObjectId | undefined;
  for (;;) {
    const page = await models.before.readObjects(type, after, objectsPerPage);
    const compared = await compareInSteps(sides, page, budget, found);
    if (compared !== 'complete') isComplete = false;
    if (compared === 'budget spent' || page.length < objectsPerPage) break;
    after = page.at(-1)?.object.id;
  }
  return { type, permission, ...found.finish(), isComplete };
}

/** A model's side of the comparison; without a relation where the model lacks the permission, which nobody has then. */
interface Side {
  readonly snapshot: SearchableSnapshot;
  readonly relation: Relation | undefined;
}

type Compared = 'complete' | 'too large' | 'budget spent';

/** The steps of a question end a comparison as its budget does: what was not compared is named. */
async function compareInSteps(...page: Parameters<typeof comparePage>): Promise<Compared> {
  try {
    return await comparePage(...page);
  } catch (error) {
    if (error instanceof TooComplex) return 'budget spent';
    throw error;
  }
}

async function comparePage(
  sides: readonly Side[],
  page: readonly NamedNode[],
  budget: ImpactBudget,
  found: DifferenceBuilder,
): Promise<Compared> {
  if (page.length === 0) return 'complete';
  if (!budget.spend(0)) return 'budget spent';
  const targets = sides.flatMap(({ snapshot, relation }): readonly Target[] =>
    relation === undefined ? [] : [{ snapshot, relation }],
  );
  const groups = await groupSubjects(
    targets,
    page.map(({ node }) => node),
  );
  if (groups === undefined) {
    if (page.length === 1) return 'too large';
    const half = Math.ceil(page.length / 2);
    const first = await comparePage(sides, page.slice(0, half), budget, found);
    if (first === 'budget spent') return first;
    const second = await comparePage(sides, page.slice(half), budget, found);
    return second === 'complete' ? first : second;
  }
  const questions = await questionsOf(targets, page, groups);
  const before = await decideAll(sides[0], questions, budget);
  const after = before && (await decideAll(sides[1], questions, budget));
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
  side: Side | undefined,
  questions: readonly GroupCheck[],
  budget: ImpactBudget,
): Promise<ReadonlyMap<GroupCheck, Decision> | undefined> {
  const decided = new Map<GroupCheck, Decision>(questions.map((question) => [question, denied]));
  const { snapshot, relation } = side ?? {};
  if (snapshot === undefined || relation === undefined) return decided;
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
