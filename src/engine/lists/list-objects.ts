import { invariant } from '../../base/invariant.ts';
import { ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import type { Decision } from '../../model/decision.ts';
import { findRelation, type Relation } from '../../model/model.ts';
import type { ObjectId, TypeName } from '../../model/names.ts';
import { makeObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import type { Context } from '../../model/relationship.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import { validateSubject } from '../../model/validate-relationship.ts';
import { type Check, checkAllInSnapshot } from '../check/check.ts';
import { checkTogetherInSnapshot, watchingNone } from '../check/check-together.ts';
import { ContextualReverse } from '../check/contextual-reverse.ts';
import type { ConditionTest } from '../check/depends-on.ts';
import { findCandidateObjects } from '../check/find-candidate-objects.ts';
import { NodeTable } from '../check/node-table.ts';
import { orTooComplex } from '../meter.ts';
import type { ContextualRelationships, NodeId, SearchableSnapshot } from '../ports.ts';
import { isAfter, readObjectsStarting } from './read-objects-starting.ts';

/** Which objects of a type does this subject hold this relation on? */
export interface ObjectQuestion {
  readonly subject: SubjectRef;
  readonly relation: string;
  readonly type: string;
  readonly context: Context;
  readonly facts?: Context | undefined;
  readonly contextual: ContextualRelationships;
  /** Only objects whose ids begin so. */
  readonly startsWith?: string | undefined;
  /** Conditions that the page is to say of which of its objects rest on them. */
  readonly notes?: ConditionTest;
  /** Decides in place of the check, where more has to allow an object than the check alone; it never allows what the check does not. */
  readonly judge?: ObjectJudge;
}

export type ObjectJudge = (objects: readonly ObjectRef[]) => Promise<JudgedObjects>;

export interface JudgedObjects {
  /** One for each object, in their order. */
  readonly decisions: readonly Decision[];
  /** Those of the objects that rest on a condition that the question notes. */
  readonly noted: ReadonlySet<ObjectRef>;
}

export interface ObjectPage {
  /** In byte order of their ids; an object is here if and only if the check allows it. */
  readonly objects: readonly ObjectRef[];
  /** Those of them that rest on a condition that the question notes. */
  readonly noted: readonly ObjectRef[];
  /** Objects in the range of the page on which the check is undecided. */
  readonly undecided: readonly { readonly object: ObjectRef; readonly problem: Problem }[];
  /** The last id that was looked at; the next page goes on after it. Undefined when nothing was. */
  readonly lastId: ObjectId | undefined;
  /** Whether there may be more; true as well when the page was cut short because nothing was found for too long. */
  readonly hasMore: boolean;
  /** Whether the page ends before it is full, because too much was looked at for it. */
  readonly isCutShort: boolean;
}

/** Candidates that are checked in one go. */
const chunkSize = 200;
/** Chunks of neighbours that are tried before all of the subject's own objects are looked for. */
const chunksToScan = 2;
/** Edges that are followed back from the subject before neighbours are tried, and before that is given up. */
const fewFollowedEdges = 1_000;
const maxFollowedEdges = 50_000;
/** Candidates that are checked for one page before it is cut short, and steps that are taken for it: about a tenth of a second. */
const maxCandidates = 10_000;
const maxPageSteps = 250_000;

/**
 * One page of the objects that a subject holds a relation on, with the check as the only judge.
 *
 * Candidates come in the order of their ids. Edges are followed back from the subject, which finds all that could be allowed.
 * Where those are many, trying neighbours fills a page sooner, so a few chunks of them come before the rest of the way back.
 * Only if both fail, because the subject reaches very much and holds little of it, the page is cut short and says so.
 */
export async function listObjects(
  snapshot: SearchableSnapshot,
  question: ObjectQuestion,
  first: number,
  after: ObjectId | undefined,
): Promise<Result<ObjectPage, Problem>> {
  return orTooComplex(() => readObjectPage(snapshot, question, first, after));
}

async function readObjectPage(
  snapshot: SearchableSnapshot,
  question: ObjectQuestion,
  first: number,
  after: ObjectId | undefined,
): Promise<Result<ObjectPage, Problem>> {
  const { model } = snapshot.prepared;
  const relation = findRelation(model, question.type, question.relation);
  if (!relation.ok) return relation;
  const subject = validateSubject(model, question.subject);
  if (!subject.ok) return subject;

  const page = new ObjectPageBuilder(first);
  const stepsBefore = snapshot.meter.used;
  for await (const ids of candidates(snapshot, question, relation.value, after)) {
    // Whatever the first candidates took, a page goes on from where it began: the next one begins behind them.
    const isTooMuch = page.examined >= maxCandidates || snapshot.meter.used - stepsBefore >= maxPageSteps;
    if (isTooMuch && page.examined > 0) return ok(page.finish('cut short'));
    const objects = ids.map((id) => objectOf(question.type, id));
    const judged = await (question.judge ?? checksOf(snapshot, question))(objects);
    if (page.add(objects, judged)) return ok(page.finish('more'));
  }
  return ok(page.finish('end'));
}

function checksOf(snapshot: SearchableSnapshot, question: ObjectQuestion): ObjectJudge {
  const { notes = watchingNone, contextual } = question;
  return async (objects) => {
    const checks = objects.map((object): Check => ({ ...question, object }));
    const request = { checks, contextual };
    const { decisions, dependingOn } = await checkTogetherInSnapshot(snapshot, request, notes, checkAllInSnapshot);
    return { decisions, noted: new Set([...dependingOn(notes)].map(({ object }) => object)) };
  };
}

/** The objects that a snapshot has to be opened for, to answer this question. */
export function objectsOfQuestion({
  subject,
  contextual,
}: Pick<ObjectQuestion, 'subject' | 'contextual'>): readonly ObjectRef[] {
  const subjects = [subject, ...contextual.map((relationship) => relationship.subject)];
  const named = subjects.flatMap((of) => (of.kind === 'wildcard' ? [] : [of.object]));
  return [...named, ...contextual.map(({ object }) => object)];
}

/** Ids in byte order, each chunk complete up to its last one. */
async function* candidates(
  snapshot: SearchableSnapshot,
  question: ObjectQuestion,
  relation: Relation,
  after: ObjectId | undefined,
): AsyncGenerator<readonly ObjectId[]> {
  const own = idsOnlyInQuestion(question, relation.type);
  const nodes = new NodeTable(snapshot);
  const { subject, contextual } = question;
  const [subjectNode] = subject.kind === 'wildcard' ? [] : await nodes.resolve([subject.object]);
  const reverse = await ContextualReverse.open(contextual, nodes);
  const follow = (most: number) => findCandidateObjects(snapshot, reverse, subject, subjectNode, relation, most);
  // Of everybody there is no answer where a condition has none, whatever is behind it: that is found by trying alone.
  const few = subject.kind === 'wildcard' ? undefined : await follow(fewFollowedEdges);
  const { startsWith = '' } = question;
  if (few !== undefined) return yield* inOrder(snapshot, few, { own, after, startsWith });
  let last = after;
  for (let chunk = 0; ; chunk++) {
    const found = chunk === chunksToScan ? await follow(maxFollowedEdges) : undefined;
    if (found !== undefined) return yield* inOrder(snapshot, found, { own, after: last, startsWith });
    const { ids, isEnd } = await scan(snapshot, relation.type, { own, after: last, startsWith });
    if (ids.length > 0) yield ids;
    if (isEnd) return;
    last = ids.at(-1) ?? last;
  }
}

/** Where candidates begin and end, and those of them that only the question names. */
interface Range {
  readonly own: readonly ObjectId[];
  readonly after: ObjectId | undefined;
  readonly startsWith: string;
}

/** The next objects of the type that the store knows, with those that only the question names between them. */
async function scan(snapshot: SearchableSnapshot, type: TypeName, { own, after, startsWith }: Range) {
  const { objects, isEnd } = await readObjectsStarting(snapshot, { type, startsWith, after }, chunkSize);
  const end = objects.at(-1)?.object.id;
  const between = own.filter(
    (id) => isAfter(id, after) && id.startsWith(startsWith) && (isEnd || (end !== undefined && !isAfter(id, end))),
  );
  return { ids: sorted([...objects.map(({ object }) => object.id), ...between]), isEnd };
}

async function* inOrder(
  snapshot: SearchableSnapshot,
  nodes: ReadonlySet<NodeId>,
  { own, after, startsWith }: Range,
): AsyncGenerator<readonly ObjectId[]> {
  const names = await snapshot.readNames([...nodes].filter((node) => node >= 0));
  const found = [...[...names.values()].map(({ id }) => id), ...own].filter((id) => id.startsWith(startsWith));
  const ids = sorted(found).filter((id) => isAfter(id, after));
  for (let start = 0; start < ids.length; start += chunkSize) yield ids.slice(start, start + chunkSize);
}

/** Objects that the store may not know: those of contextual relationships, and the one that a subject set is about. */
function idsOnlyInQuestion({ subject, contextual }: ObjectQuestion, type: TypeName): readonly ObjectId[] {
  const objects = contextual.map(({ object }) => object);
  if (subject.kind === 'set') objects.push(subject.object);
  return sorted(objects.filter((object) => object.type === type).map(({ id }) => id));
}

/** Unique, in the order of the database's collation "C": by the bytes of UTF-8, not by JavaScript's code units. */
function sorted(ids: readonly ObjectId[]): readonly ObjectId[] {
  return [...new Set(ids)].toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
}

function objectOf(type: string, id: string): ObjectRef {
  const object = makeObjectRef(type, id);
  invariant(object.ok, 'the id of an object is valid');
  return object.value;
}

/** Collects decisions in order until the page is full. */
class ObjectPageBuilder {
  examined = 0;
  readonly #first: number;
  readonly #objects: ObjectRef[] = [];
  readonly #noted: ObjectRef[] = [];
  readonly #undecided: { object: ObjectRef; problem: Problem }[] = [];
  #lastId: ObjectId | undefined;

  constructor(first: number) {
    this.#first = first;
  }

  /** Whether the page was full before all of these objects had found their place. */
  add(objects: readonly ObjectRef[], { decisions, noted }: JudgedObjects): boolean {
    for (const [object, decision] of zip(objects, decisions)) {
      if (this.#objects.length === this.#first && decision.kind !== 'denied') return true;
      this.examined += 1;
      this.#lastId = object.id;
      if (decision.kind === 'allowed') this.#objects.push(object);
      if (noted.has(object)) this.#noted.push(object);
      if (decision.kind === 'undecided') this.#undecided.push({ object, problem: decision.problem });
    }
    return false;
  }

  finish(end: 'end' | 'more' | 'cut short'): ObjectPage {
    const isCutShort = end === 'cut short';
    const hasMore = end !== 'end';
    const listed = { objects: this.#objects, noted: this.#noted, undecided: this.#undecided };
    return { ...listed, lastId: this.#lastId, hasMore, isCutShort };
  }
}
