import { invariant } from '../../base/invariant.ts';
import { ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import { findType } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import { setOf, subjectOf, wildcardOf } from '../../model/subject-ref.ts';
import { orTooComplex } from '../meter.ts';
import type { Edge, EdgeOrigin, NodeId, ReviewableSnapshot } from '../ports.ts';
import { compareObjects, findContainedObjects } from './find-contained-objects.ts';
import { findGivingObjects } from './find-giving-objects.ts';
import type {
  FoundGrant,
  GrantEntry,
  GrantPage,
  GrantPlace,
  ReviewedRelationship,
  ReviewQuestion,
} from './grant-entry.ts';
import { GrantPageReader, type RawGrant } from './grant-page-reader.ts';
import { type JudgedGrant, judgeEffects } from './judge-effects.ts';

/** Relationships that are followed to find what belongs to an object. */
const maxContained = 20_000;

/**
 * One page of the grants of an object, each with the relationships that it comes from.
 *
 * In the order of objects, of roles, and of the relations that holders are written for, what is written on the object itself
 * first; within each, subjects are read as far as the page goes. An entry is here whether it has an effect or not:
 * `judgeEffects` says which, and why.
 */
export async function reviewGrants(
  snapshot: ReviewableSnapshot,
  question: ReviewQuestion,
  first: number,
  after: GrantPlace | undefined,
): Promise<Result<GrantPage, Problem>> {
  return orTooComplex(() => readGrantPage(snapshot, question, first, after));
}

async function readGrantPage(
  snapshot: ReviewableSnapshot,
  question: ReviewQuestion,
  first: number,
  after: GrantPlace | undefined,
): Promise<Result<GrantPage, Problem>> {
  const type = findType(snapshot.prepared.model, question.object.type);
  if (!type.ok) return type;
  const { objects, isComplete } = question.includeContained
    ? await findContainedObjects(snapshot, question.object, maxContained)
    : { objects: [question.object], isComplete: true };
  const reader = new GrantPageReader(snapshot, question, first);
  const end = await reader.read(
    objects.filter((object) => isOpen(question.object, object, after)),
    after,
  );
  if (!end.ok) return end;
  const found = await nameGrants(snapshot, reader);
  const effects = await judgeEffects(snapshot, reader.found.map(judgedGrantOf));
  const entries = zip(found, effects).map(([grant, effect]): GrantEntry => ({ ...grant, ...effect }));
  const giving = await findGivingObjects(snapshot, question.object);
  const rest = { last: reader.last, hasMore: end.value !== 'end', isCutShort: end.value === 'cut short' };
  const isWhole = isComplete && giving.isComplete;
  return ok({ entries, ...rest, isComplete: isWhole, givingObjects: giving.objects });
}

/** Whether something of this object may stand behind the place. */
function isOpen(container: ObjectRef, object: ObjectRef, after: GrantPlace | undefined): boolean {
  if (after === undefined) return true;
  const rank = (one: ObjectRef) => (compareObjects(one, container) === 0 ? 0 : 1);
  const order = rank(object) - rank(after.object) || compareObjects(object, after.object);
  return order > 0 || (order === 0 && after.source !== undefined);
}

async function nameGrants(snapshot: ReviewableSnapshot, reader: GrantPageReader): Promise<readonly FoundGrant[]> {
  const edges = reader.found.flatMap(({ range, grant }) => [...range.path.edges, grant.edge]);
  const nodes = edges.flatMap(({ object, subject }) =>
    subject.kind === 'wildcard' ? [object] : [object, subject.node],
  );
  const names = await snapshot.readNames([...new Set(nodes)]);
  return reader.found.map(({ range, grant, place }) => ({
    object: range.object,
    role: range.role,
    subject: grant.subject,
    place,
    via: [
      ...range.path.edges.map((edge) => relationshipOf(edge, reader.originOf(edge), names)),
      relationshipOf(grant.edge, grant.origin, names),
    ],
  }));
}

function judgedGrantOf({ range, grant, isIgnored }: RawGrant): JudgedGrant {
  const { object, role, path } = range;
  return { object, role, subject: grant.subject, edges: [...path.edges, grant.edge], isIgnored };
}

type Names = ReadonlyMap<NodeId, ObjectRef>;

function relationshipOf(
  { object, relation, subject, condition }: Edge,
  origin: EdgeOrigin,
  names: Names,
): ReviewedRelationship {
  return { ...origin, object: nameOf(names, object), relation, subject: subjectRefOf(subject, names), condition };
}

function subjectRefOf(subject: Edge['subject'], names: Names) {
  if (subject.kind === 'wildcard') return wildcardOf(subject.type);
  const object = nameOf(names, subject.node);
  return subject.kind === 'set' ? setOf(object, subject.relation) : subjectOf(object);
}

function nameOf(names: Names, node: NodeId): ObjectRef {
  const object = names.get(node);
  invariant(object !== undefined, 'an object has a name');
  return object;
}
