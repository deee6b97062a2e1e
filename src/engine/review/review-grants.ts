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
import { GrantPageReader, type PageEnd, type RawGrant } from './grant-page-reader.ts';
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
  const read = await readEntries(snapshot, question, objects, first, after);
  if (!read.ok) return read;
  const { entries, last, end } = read.value;
  const giving = await findGivingObjects(snapshot, question.object);
  const rest = { last, hasMore: end !== 'end', isCutShort: end === 'cut short' };
  const isWhole = isComplete && giving.isComplete;
  return ok({ entries, ...rest, isComplete: isWhole, givingObjects: giving.objects });
}

interface ReadEntries extends Pick<GrantPage, 'entries' | 'last'> {
  readonly end: PageEnd;
}

/** Grants that are judged at once where their effect is asked for, and for one page before it is cut short. */
const judgedAtOnce = 20;
const maxJudged = 1_000;

/** Reads until the page is full. What it would mean to take a grant away is known only when it has been read. */
async function readEntries(
  snapshot: ReviewableSnapshot,
  question: ReviewQuestion,
  objects: readonly ObjectRef[],
  first: number,
  after: GrantPlace | undefined,
): Promise<Result<ReadEntries, Problem>> {
  const isSifted = question.isEffective !== undefined;
  const entries: GrantEntry[] = [];
  let last: GrantPlace | undefined;
  let judged = 0;
  for (;;) {
    const place = last ?? after;
    // One more than fits says whether there is a next page.
    const size = isSifted ? Math.max(first + 1 - entries.length, judgedAtOnce) : first;
    const reader = new GrantPageReader(snapshot, question, size);
    const end = await reader.read(
      objects.filter((object) => isOpen(question.object, object, place)),
      place,
    );
    if (!end.ok) return end;
    const found = await judgedEntries(snapshot, reader);
    entries.push(...found.filter(({ effect }) => !isSifted || (effect.kind === 'effective') === question.isEffective));
    last = reader.last ?? last;
    if (entries.length > first) {
      const page = entries.slice(0, first);
      return ok({ entries: page, last: page.at(-1)?.place, end: 'more' });
    }
    if (!isSifted || end.value !== 'more') return ok({ entries, last, end: end.value });
    judged += found.length;
    if (judged >= maxJudged) return ok({ entries, last, end: 'cut short' });
  }
}

async function judgedEntries(snapshot: ReviewableSnapshot, reader: GrantPageReader): Promise<readonly GrantEntry[]> {
  const found = await nameGrants(snapshot, reader);
  const effects = await judgeEffects(snapshot, reader.found.map(judgedGrantOf));
  return zip(found, effects).map(([grant, effect]): GrantEntry => ({ ...grant, ...effect }));
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
  const edges = [...path.edges, grant.edge];
  return { object, role, subject: grant.subject, edges, beginnings: [path.start, grant.origin.startsAt], isIgnored };
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
