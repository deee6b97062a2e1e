import { invariant } from '../../base/invariant.ts';
import { zip } from '../../base/zip.ts';
import type { RelationName, TypeName } from '../../model/names.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { type SubjectRef, setOf, subjectOf } from '../../model/subject-ref.ts';
import type { NodeTable } from '../check/node-table.ts';
import type { NodeId, SearchableSnapshot } from '../ports.ts';
import type { Source } from './find-sources.ts';
import type { SubjectQuestion } from './subject-question.ts';

/** Which subjects are asked for. */
export interface SubjectFilter {
  readonly type: TypeName;
  readonly relation: RelationName | undefined;
}

/** A subject, and its place in the list. */
export interface Candidate {
  readonly node: NodeId;
  readonly subject: SubjectRef;
}

const chunkSize = 100;

/**
 * Candidates in the order of their places: first those that the question itself names, then the stored ones by their nodes.
 *
 * What the question names keeps its place when somebody writes it between two pages: the cursor is bound to the question.
 */
export async function* findCandidateSubjects(
  snapshot: SearchableSnapshot,
  question: SubjectQuestion,
  sources: readonly Source[],
  nodes: NodeTable,
  filter: SubjectFilter,
  after: NodeId,
): AsyncGenerator<readonly Candidate[]> {
  // A source is itself a subject set: whoever is in it holds its relation.
  const ofSources = sources.flatMap(({ node, relation }) =>
    relation.type === filter.type && relation.name === filter.relation ? [node] : [],
  );
  const named = await namedInQuestion(question, sources, new Set(ofSources), nodes, filter);
  const own = named.map((object, index): Candidate => ({ node: index - named.length, subject: asked(object, filter) }));
  const next = own.filter(({ node }) => node > after);
  if (next.length > 0) yield next;

  const ownNodes = new Set(await nodes.resolve(named));
  const extra = ofSources.filter((node) => node >= 0);
  const query = {
    sources: sources.map(({ node, relation }) => ({ object: node, relation: relation.name })),
    ...filter,
  };
  let last = Math.max(after, 0);
  for (;;) {
    const stored = await snapshot.readSubjects(query, last, chunkSize);
    const isEnd = stored.length < chunkSize;
    const end = stored.at(-1) ?? last;
    const between = extra.filter((node) => node > last && (isEnd || node <= end));
    const chunk = [...new Set([...stored, ...between])].filter((node) => !ownNodes.has(node));
    yield await nameCandidates(
      snapshot,
      chunk.toSorted((left, right) => left - right),
      filter,
    );
    if (isEnd) return;
    last = end;
  }
}

/** The objects of the question that could be subjects of the asked kind, each once, in the order of their names. */
async function namedInQuestion(
  { object, contextual }: SubjectQuestion,
  sources: readonly Source[],
  ofSources: ReadonlySet<NodeId>,
  nodes: NodeTable,
  filter: SubjectFilter,
): Promise<readonly ObjectRef[]> {
  const relations = Map.groupBy(sources, ({ node }) => node);
  const isSource = (node: NodeId, name: string) =>
    relations.get(node)?.some(({ relation }) => relation.name === name) === true;
  const all = new Map<string, ObjectRef>();
  const add = (one: ObjectRef) => all.set(formatObjectRef(one), one);
  const [node] = await nodes.resolve([object]);
  if (node !== undefined && ofSources.has(node)) add(object);
  for (const [{ object: from, relation, subject }, ends] of zip(contextual, await nodes.resolveEnds(contextual))) {
    if (ofSources.has(ends.object)) add(from);
    if (subject.kind === 'wildcard') continue;
    if (ends.subject !== undefined && ofSources.has(ends.subject)) add(subject.object);
    const isAsked =
      subject.object.type === filter.type && (subject.kind === 'object') === (filter.relation === undefined);
    if (isAsked && isSource(ends.object, relation)) add(subject.object);
  }
  return [...all].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one);
}

function asked(object: ObjectRef, { relation }: SubjectFilter): SubjectRef {
  return relation === undefined ? subjectOf(object) : setOf(object, relation);
}

async function nameCandidates(
  snapshot: SearchableSnapshot,
  nodes: readonly NodeId[],
  filter: SubjectFilter,
): Promise<readonly Candidate[]> {
  const names = await snapshot.readNames(nodes);
  return nodes.map((node) => {
    const object = names.get(node);
    invariant(object !== undefined, 'a subject has a name');
    return { node, subject: asked(object, filter) };
  });
}
