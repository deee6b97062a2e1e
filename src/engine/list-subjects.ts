import { ok, type Result } from '../base/result.ts';
import type { Decision } from '../model/decision.ts';
import { findRelation, findType } from '../model/model.ts';
import type { RelationName, TypeName } from '../model/names.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import { type Problem, problem } from '../model/problem.ts';
import type { Context } from '../model/relationship.ts';
import { type SubjectRef, setOf, subjectOf, wildcardOf } from '../model/subject-ref.ts';
import { checkInSnapshot } from './check.ts';
import { Edges } from './edges.ts';
import { findSources, type Source } from './find-sources.ts';
import { NodeTable } from './node-table.ts';
import type { ContextualRelationships, NodeId, SearchableSnapshot } from './ports.ts';

/** Which subjects of a type hold this relation on this object? */
export interface SubjectQuestion {
  readonly object: ObjectRef;
  readonly relation: string;
  readonly type: string;
  /** Undefined for objects of the type and its wildcard; a relation for subject sets such as `team#member`. */
  readonly subjectRelation: string | undefined;
  readonly context: Context;
  readonly contextual: ContextualRelationships;
}

export interface SubjectPage {
  /** The wildcard comes first; then in an order that is stable and means nothing. */
  readonly subjects: readonly Candidate[];
  /** Subjects in the range of the page that are named somewhere, but are denied although the wildcard is allowed. */
  readonly excluded: readonly SubjectRef[];
  readonly undecided: readonly { readonly subject: SubjectRef; readonly problem: Problem }[];
  /** Where the next page goes on; undefined when nothing was looked at. */
  readonly last: NodeId | undefined;
  readonly hasMore: boolean;
  /** Whether the page ends before it is full, because too much was looked at for it. */
  readonly isCutShort: boolean;
}

/** The place before all subjects, where the wildcard stands. */
export const beforeAllSubjects: NodeId = Number.MIN_SAFE_INTEGER;

const chunkSize = 100;
const maxSources = 20_000;
const maxCandidates = 5_000;

/**
 * One page of the subjects that hold a relation on an object, with the check as the only judge.
 *
 * First the object is followed forwards to every relation of every object that its subjects could come from; those are
 * few. Then the subjects that are written for them are read page by page, and each is checked.
 */
export async function listSubjects(
  snapshot: SearchableSnapshot,
  question: SubjectQuestion,
  first: number,
  after: NodeId = beforeAllSubjects,
): Promise<Result<SubjectPage, Problem>> {
  const { model } = snapshot.prepared;
  const target = findRelation(model, question.object.type, question.relation);
  if (!target.ok) return target;
  const type = findType(model, question.type);
  if (!type.ok) return type;
  const set =
    question.subjectRelation === undefined ? undefined : findRelation(model, question.type, question.subjectRelation);
  if (set?.ok === false) return set;

  const nodes = new NodeTable(snapshot);
  const edges = new Edges(snapshot, nodes, question.contextual);
  const sources = await findSources(snapshot, edges, [nodes.nodeOf(question.object)], target.value, maxSources);
  if (sources === undefined) {
    const message = `Subjects could come from more than ${maxSources} relations of other objects.`;
    return { ok: false, problem: problem('RESOLUTION_TOO_COMPLEX', message) };
  }
  const filter: Filter = { type: type.value.name, relation: set?.value.name };
  const page = new PageBuilder(first);
  const everybody = filter.relation === undefined ? wildcardOf(filter.type) : undefined;
  const wildcard = everybody && (await decide(snapshot, question, [everybody]))[0];
  if (after === beforeAllSubjects && everybody !== undefined && wildcard !== undefined) {
    page.add({ node: beforeAllSubjects + 1, subject: everybody }, wildcard, false);
  }
  const isWildcard = wildcard?.kind === 'allowed';
  for await (const chunk of candidates(snapshot, question, sources, nodes, filter, after)) {
    if (page.examined >= maxCandidates) return ok(page.finish('cut short'));
    const decisions = await decide(
      snapshot,
      question,
      chunk.map(({ subject }) => subject),
    );
    for (const [index, candidate] of chunk.entries()) {
      if (page.add(candidate, decisions[index], isWildcard)) return ok(page.finish('more'));
    }
  }
  return ok(page.finish('end'));
}

interface Filter {
  readonly type: TypeName;
  readonly relation: RelationName | undefined;
}

/** A subject, and its place in the list. */
export interface Candidate {
  readonly node: NodeId;
  readonly subject: SubjectRef;
}

async function decide(
  snapshot: SearchableSnapshot,
  { object, relation, context, contextual }: SubjectQuestion,
  subjects: readonly SubjectRef[],
): Promise<readonly Decision[]> {
  const checks = subjects.map((subject) => ({ subject, relation, object, context }));
  return (await checkInSnapshot(snapshot, { checks, contextual })).decisions;
}

/** Candidates in the order of their nodes: first those that only the question names, then the stored ones. */
async function* candidates(
  snapshot: SearchableSnapshot,
  { object, contextual }: SubjectQuestion,
  sources: readonly Source[],
  nodes: NodeTable,
  filter: Filter,
  after: NodeId,
): AsyncGenerator<readonly Candidate[]> {
  const isSource = (node: NodeId, name: string) =>
    sources.some((source) => source.node === node && source.relation.name === name);
  const own = new Map<NodeId, ObjectRef>([[nodes.nodeOf(object), object]]);
  const named: NodeId[] = [];
  for (const { object: from, relation, subject } of contextual) {
    if (subject.kind === 'wildcard') continue;
    const node = nodes.nodeOf(subject.object);
    own.set(node, subject.object);
    const isAsked =
      subject.object.type === filter.type && (subject.kind === 'object') === (filter.relation === undefined);
    if (isAsked && isSource(nodes.nodeOf(from), relation)) named.push(node);
  }
  // A source is itself a subject set: whoever is in it holds its relation.
  const ofSources = sources.flatMap(({ node, relation }) =>
    relation.type === filter.type && relation.name === filter.relation ? [node] : [],
  );
  const extra = [...ofSources, ...named];
  const query = {
    sources: sources.map(({ node, relation }) => ({ object: node, relation: relation.name })),
    ...filter,
  };
  let last = after;
  for (;;) {
    const stored = await snapshot.readSubjects(query, Math.max(last, 0), chunkSize);
    const isEnd = stored.length < chunkSize;
    const end = stored.at(-1) ?? last;
    const between = extra.filter((node) => node > last && (isEnd || node <= end));
    const chunk = [...new Set([...stored, ...between])].toSorted((left, right) => left - right);
    yield await nameCandidates(snapshot, chunk, own, filter);
    if (isEnd) return;
    last = end;
  }
}

async function nameCandidates(
  snapshot: SearchableSnapshot,
  nodes: readonly NodeId[],
  own: ReadonlyMap<NodeId, ObjectRef>,
  { relation }: Filter,
): Promise<readonly Candidate[]> {
  const names = await snapshot.readNames(nodes.filter((node) => node >= 0));
  return nodes.flatMap((node) => {
    const object = own.get(node) ?? names.get(node);
    if (object === undefined) throw new Error('A subject has no name.');
    return { node, subject: relation === undefined ? subjectOf(object) : setOf(object, relation) };
  });
}

/** Collects decisions in order until the page is full. */
class PageBuilder {
  examined = 0;
  readonly #first: number;
  readonly #subjects: Candidate[] = [];
  readonly #excluded: SubjectRef[] = [];
  readonly #undecided: { subject: SubjectRef; problem: Problem }[] = [];
  #last: NodeId | undefined;

  constructor(first: number) {
    this.#first = first;
  }

  /** Whether the page was full before this subject had found its place. */
  add({ node, subject }: Candidate, decision: Decision | undefined, isWildcardAllowed: boolean): boolean {
    if (decision === undefined) throw new Error('A subject was not decided.');
    if (this.#subjects.length === this.#first && decision.kind !== 'denied') return true;
    this.examined += 1;
    this.#last = node;
    if (decision.kind === 'allowed') this.#subjects.push({ node, subject });
    if (decision.kind === 'denied' && isWildcardAllowed) this.#excluded.push(subject);
    if (decision.kind === 'undecided') this.#undecided.push({ subject, problem: decision.problem });
    return false;
  }

  finish(end: 'end' | 'more' | 'cut short'): SubjectPage {
    const isCutShort = end === 'cut short';
    const hasMore = end !== 'end';
    const found = { subjects: this.#subjects, excluded: this.#excluded, undecided: this.#undecided };
    return { ...found, last: this.#last, hasMore, isCutShort };
  }
}
