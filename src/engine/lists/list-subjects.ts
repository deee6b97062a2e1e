import { ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import type { Decision } from '../../model/decision.ts';
import { findRelation, findType } from '../../model/model.ts';
import { type Problem, problem } from '../../model/problem.ts';
import { type SubjectRef, wildcardOf } from '../../model/subject-ref.ts';
import { checkAllInSnapshot } from '../check/check.ts';
import { checkTogetherInSnapshot, watchingNone } from '../check/check-together.ts';
import { Edges } from '../check/edges.ts';
import { orTooComplex } from '../meter.ts';
import type { NodeId, SearchableSnapshot } from '../ports.ts';
import { type Candidate, findCandidateSubjects, type SubjectFilter } from './find-candidate-subjects.ts';
import { findSources } from './find-sources.ts';
import type { SubjectQuestion } from './subject-question.ts';

export interface SubjectPage {
  /** The wildcard comes first, then what the question names; the order of the others is stable and means nothing. */
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
  return orTooComplex(() => readSubjectPage(snapshot, question, first, after));
}

async function readSubjectPage(
  snapshot: SearchableSnapshot,
  question: SubjectQuestion,
  first: number,
  after: NodeId,
): Promise<Result<SubjectPage, Problem>> {
  const { model } = snapshot.prepared;
  const target = findRelation(model, question.object.type, question.relation);
  if (!target.ok) return target;
  const type = findType(model, question.type);
  if (!type.ok) return type;
  const set =
    question.subjectRelation === undefined
      ? undefined
      : findRelation(model, question.type, question.subjectRelation, 'administrator');
  if (set?.ok === false) return set;

  const edges = await Edges.open(snapshot, question.contextual);
  const { nodes } = edges;
  const sources = await findSources(snapshot, edges, await nodes.resolve([question.object]), target.value, maxSources);
  if (sources === undefined) {
    const message = `Subjects could come from more than ${maxSources} relations of other objects.`;
    return { ok: false, problem: problem('RESOLUTION_TOO_COMPLEX', message) };
  }
  const filter: SubjectFilter = { type: type.value.name, relation: set?.value.name };
  const page = new SubjectPageBuilder(first);
  const everybody = filter.relation === undefined ? wildcardOf(filter.type) : undefined;
  const wildcard = everybody && (await checkEach(snapshot, question, [everybody]))[0];
  if (after === beforeAllSubjects && everybody !== undefined && wildcard !== undefined) {
    page.add({ node: beforeAllSubjects + 1, subject: everybody }, wildcard, false);
  }
  const isWildcard = wildcard?.kind === 'allowed';
  for await (const chunk of findCandidateSubjects(snapshot, question, sources, nodes, filter, after)) {
    if (page.examined >= maxCandidates) return ok(page.finish('cut short'));
    const decisions = await checkEach(
      snapshot,
      question,
      chunk.map(({ subject }) => subject),
    );
    for (const [candidate, decision] of zip(chunk, decisions)) {
      if (page.add(candidate, decision, isWildcard)) return ok(page.finish('more'));
    }
  }
  return ok(page.finish('end'));
}

async function checkEach(
  snapshot: SearchableSnapshot,
  { object, relation, context, facts, contextual }: SubjectQuestion,
  subjects: readonly SubjectRef[],
): Promise<readonly Decision[]> {
  const checks = subjects.map((subject) => ({ subject, relation, object, context, facts }));
  return (await checkTogetherInSnapshot(snapshot, { checks, contextual }, watchingNone, checkAllInSnapshot)).decisions;
}

/** Collects decisions in order until the page is full. */
class SubjectPageBuilder {
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
  add({ node, subject }: Candidate, decision: Decision, isWildcardAllowed: boolean): boolean {
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
