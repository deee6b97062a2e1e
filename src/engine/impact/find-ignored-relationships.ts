import type { RelationChange } from '../../model/diff-models.ts';
import type { ObjectId, RelationName, TypeName } from '../../model/names.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { type SubjectRef, setOf, subjectOf, wildcardOf } from '../../model/subject-ref.ts';
import { isAdmitted } from '../check/expand.ts';
import type { Edge, NamedNode } from '../ports.ts';
import type { TwoModels } from './compare-permission.ts';
import type { ImpactBudget } from './impact-budget.ts';

/** Stored relationships that one model counts and another ignores; they come back with the first. */
export interface IgnoredRelationships {
  readonly type: TypeName;
  readonly relation: RelationName;
  readonly count: number;
  /** The first ones, in the order of their objects' ids. */
  readonly examples: readonly { readonly object: ObjectRef; readonly subject: SubjectRef }[];
  /** False when the budget ended, or an object was too large, before all were counted. */
  readonly isComplete: boolean;
}

const objectsPerPage = 200;
const maxEdges = 50_000;
const maxExamples = 5;

/** What is stored for a relation that changed, and that only the earlier model admits. */
export async function findIgnoredRelationships(
  models: TwoModels,
  { type, relation }: RelationChange,
  budget: ImpactBudget,
): Promise<IgnoredRelationships> {
  const source = { type: type as TypeName, relation: relation as RelationName };
  const examples: { readonly object: ObjectRef; readonly subject: SubjectRef }[] = [];
  let count = 0;
  let isComplete = true;
  let after: ObjectId | undefined;
  for (;;) {
    if (!budget.spend(0)) return { ...source, count, examples, isComplete: false };
    const page = await models.before.readObjects(source.type, after, objectsPerPage);
    const edges = await readIgnored(models, source, page);
    if (edges.isTooLarge) isComplete = false;
    count += edges.ignored.length;
    examples.push(...(await nameEdges(models, page, edges.ignored, maxExamples - examples.length)));
    if (page.length < objectsPerPage) return { ...source, count, examples, isComplete };
    after = page.at(-1)?.object.id;
  }
}

interface Ignored {
  readonly ignored: readonly Edge[];
  readonly isTooLarge: boolean;
}

async function readIgnored(
  models: TwoModels,
  source: { readonly type: TypeName; readonly relation: RelationName },
  page: readonly NamedNode[],
): Promise<Ignored> {
  if (page.length === 0) return { ignored: [], isTooLarge: false };
  const sources = page.map(({ node }) => ({ object: node, relation: source.relation }));
  const edges = await models.begun.readEdgesFrom(sources, maxEdges);
  if (!edges.isWhole) {
    if (page.length === 1) return { ignored: [], isTooLarge: true };
    const half = Math.ceil(page.length / 2);
    const first = await readIgnored(models, source, page.slice(0, half));
    const second = await readIgnored(models, source, page.slice(half));
    return { ignored: [...first.ignored, ...second.ignored], isTooLarge: first.isTooLarge || second.isTooLarge };
  }
  const [before, after] = [models.before, models.after].map(({ prepared }) =>
    prepared.model.types.get(source.type)?.relations.get(source.relation),
  );
  const ignored = edges.items.filter((edge) => {
    return before !== undefined && isAdmitted(before, edge) && !(after !== undefined && isAdmitted(after, edge));
  });
  return { ignored, isTooLarge: false };
}

/** In the order of the page, and of the subjects' numbers within an object: both never change. */
async function nameEdges(models: TwoModels, page: readonly NamedNode[], edges: readonly Edge[], most: number) {
  if (most === 0 || edges.length === 0) return [];
  const ofObject = Map.groupBy(edges, ({ object }) => object);
  const chosen = page
    .flatMap(({ node, object }) => {
      const ordered = (ofObject.get(node) ?? []).toSorted((left, right) => placeOf(left) - placeOf(right));
      return ordered.map(({ subject }) => ({ object, subject }));
    })
    .slice(0, most);
  const nodes = chosen.flatMap(({ subject }) => (subject.kind === 'wildcard' ? [] : [subject.node]));
  const names = await models.before.readNames(nodes);
  return chosen.flatMap(({ object, subject }) => {
    if (subject.kind === 'wildcard') return { object, subject: wildcardOf(subject.type) };
    const name = names.get(subject.node);
    if (name === undefined) return [];
    return { object, subject: subject.kind === 'set' ? setOf(name, subject.relation) : subjectOf(name) };
  });
}

function placeOf({ subject }: Edge): number {
  return subject.kind === 'wildcard' ? -1 : subject.node;
}
