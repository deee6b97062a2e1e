import { listObjects, type ObjectQuestion, objectsOfQuestion } from '../../engine/lists/list-objects.ts';
import { beforeAllSubjects, listSubjects } from '../../engine/lists/list-subjects.ts';
import type { SubjectQuestion } from '../../engine/lists/subject-question.ts';
import type { SearchableReader, SearchableSnapshot } from '../../engine/ports.ts';
import { findRelation, findType, type Model } from '../../model/model.ts';
import type { ObjectId } from '../../model/names.ts';
import { formatObjectRef, parseObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import { emptyContext, type Relationship } from '../../model/relationship.ts';
import { formatSubjectRef, parseSubjectRef } from '../../model/subject-ref.ts';
import type { ListCase } from './test-world.ts';

/** What a list said: everything on all of its pages, or the class of its error in OpenFGA's numbers. */
export type ListOutcome =
  | { readonly kind: 'listed'; readonly ids: readonly string[] }
  | { readonly kind: 'refused'; readonly errorCode: number; readonly text: string };

/** The first pages are so small that most lists in test files have more than one; the rest of a long list is read at once. */
const pageSizeOf = (page: number) => (page < 4 ? 3 : 1000);

/** Lists all pages, as somebody would who walks them. */
export async function playList(
  reader: SearchableReader,
  model: Model,
  test: ListCase,
  contextual: readonly Relationship[],
): Promise<ListOutcome> {
  // A test says what the request would: the clock and the claims as well.
  const given = { context: emptyContext, facts: new Map(Object.entries(test.context)), contextual };
  if (test.kind === 'objects') {
    const subject = parseSubjectRef(test.user);
    if (!subject.ok) return { kind: 'refused', errorCode: 2000, text: subject.problem };
    const question = { subject: subject.value, relation: test.relation, type: test.type, ...given };
    const unknown = codeOfUnknown(model, test.type, test.relation);
    return reader.withSnapshot(objectsOfQuestion(question), (snapshot) => walkObjects(snapshot, question, unknown));
  }
  const object = parseObjectRef(test.object);
  if (!object.ok) return { kind: 'refused', errorCode: 2000, text: object.problem };
  const [type = '', subjectRelation] = test.filter.split('#');
  const question = { object: object.value, relation: test.relation, type, subjectRelation, ...given };
  const unknown = codeOfUnknown(model, object.value.type, test.relation) ?? codeOfUnknown(model, type, subjectRelation);
  const named = [
    object.value,
    ...contextual.flatMap((one) => [one.object, ...(one.subject.kind === 'wildcard' ? [] : [one.subject.object])]),
  ];
  return reader.withSnapshot(named, (snapshot) => walkSubjects(snapshot, question, unknown));
}

async function walkObjects(
  snapshot: SearchableSnapshot,
  question: ObjectQuestion,
  unknown: number | undefined,
): Promise<ListOutcome> {
  const ids: string[] = [];
  let after: ObjectId | undefined;
  for (let pages = 0; ; pages++) {
    const page = await listObjects(snapshot, question, pageSizeOf(pages), after);
    if (!page.ok) return refused(page.problem, unknown);
    const [undecided] = page.value.undecided;
    if (undecided !== undefined) return refused(undecided.problem, undefined);
    ids.push(...page.value.objects.map(formatObjectRef));
    if (!page.value.hasMore) return { kind: 'listed', ids };
    after = page.value.lastId;
  }
}

async function walkSubjects(
  snapshot: SearchableSnapshot,
  question: SubjectQuestion,
  unknown: number | undefined,
): Promise<ListOutcome> {
  const ids: string[] = [];
  let after = beforeAllSubjects;
  for (let pages = 0; ; pages++) {
    const page = await listSubjects(snapshot, question, pageSizeOf(pages), after);
    if (!page.ok) return refused(page.problem, unknown);
    const [undecided] = page.value.undecided;
    if (undecided !== undefined) return refused(undecided.problem, undefined);
    ids.push(...page.value.subjects.map(({ subject }) => formatSubjectRef(subject)));
    if (!page.value.hasMore) return { kind: 'listed', ids };
    after = page.value.last ?? after;
  }
}

function refused({ code, message }: Problem, unknown: number | undefined): ListOutcome {
  const errorCode = unknown ?? (code === 'RESOLUTION_TOO_COMPLEX' ? 2002 : 2000);
  return { kind: 'refused', errorCode, text: `${code}: ${message}` };
}

/** 2021 for a type that the model lacks, 2022 for a relation; undefined when both are there. */
function codeOfUnknown(model: Model, type: string, relation: string | undefined): number | undefined {
  if (!findType(model, type).ok) return 2021;
  return relation === undefined || findRelation(model, type, relation).ok ? undefined : 2022;
}
