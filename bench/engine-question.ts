import { assertNever } from '../src/base/assert-never.ts';
import { type CheckRequest, check } from '../src/engine/check/check.ts';
import {
  listObjects,
  type ObjectPage,
  type ObjectQuestion,
  objectsOfQuestion,
} from '../src/engine/lists/list-objects.ts';
import { listSubjects, type SubjectPage } from '../src/engine/lists/list-subjects.ts';
import type { SubjectQuestion } from '../src/engine/lists/subject-question.ts';
import type { SearchableReader } from '../src/engine/ports.ts';
import type { Decision } from '../src/model/decision.ts';
import type { ObjectId } from '../src/model/names.ts';
import { formatObjectRef } from '../src/model/object-ref.ts';
import { formatSubjectRef, subjectOf } from '../src/model/subject-ref.ts';
import type { Answer } from './answer.ts';
import { type BenchRequest, entriesPerPage } from './bench-request.ts';
import { checksOf, viewerContext } from './make-pages.ts';

/** A request as the engine takes it. */
export type EngineQuestion =
  | { readonly kind: 'checks'; readonly request: CheckRequest }
  | { readonly kind: 'objects'; readonly question: ObjectQuestion; readonly after: ObjectId | undefined }
  | { readonly kind: 'subjects'; readonly question: SubjectQuestion };

/** What the engine answers, as it gives it. */
export type EngineAnswer =
  | { readonly kind: 'checks'; readonly decisions: readonly Decision[] }
  | { readonly kind: 'objects'; readonly page: ObjectPage }
  | { readonly kind: 'subjects'; readonly page: SubjectPage };

export async function questionOf(reader: SearchableReader, request: BenchRequest): Promise<EngineQuestion> {
  const terms = { context: viewerContext, contextual: [] };
  switch (request.kind) {
    case 'page':
      return { kind: 'checks', request: { checks: checksOf(request.page), contextual: [] } };
    case 'checks':
      return { kind: 'checks', request: { checks: request.checks, contextual: [] } };
    case 'objects': {
      const { subject, permission, type, skip } = request;
      const question = { subject: subjectOf(subject), relation: permission, type, ...terms };
      const before = skip === 0 ? undefined : await askObjects(reader, question, skip, undefined);
      return { kind: 'objects', question, after: before?.objects.at(-1)?.id };
    }
    case 'subjects': {
      const { object, permission, subjectType, subjectRelation } = request;
      const question = { object, relation: permission, type: subjectType, subjectRelation, ...terms };
      return { kind: 'subjects', question };
    }
    default:
      return assertNever(request);
  }
}

export async function askEngine(reader: SearchableReader, asked: EngineQuestion): Promise<EngineAnswer> {
  switch (asked.kind) {
    case 'checks':
      return { kind: 'checks', decisions: (await check(reader, asked.request)).decisions };
    case 'objects':
      return { kind: 'objects', page: await askObjects(reader, asked.question, entriesPerPage, asked.after) };
    case 'subjects':
      return { kind: 'subjects', page: await askSubjects(reader, asked.question) };
    default:
      return assertNever(asked);
  }
}

async function askObjects(
  reader: SearchableReader,
  question: ObjectQuestion,
  first: number,
  after: ObjectId | undefined,
): Promise<ObjectPage> {
  const page = await reader.withSnapshot(objectsOfQuestion(question), (snapshot) =>
    listObjects(snapshot, question, first, after),
  );
  if (!page.ok) throw new Error(page.problem.message);
  return page.value;
}

async function askSubjects(reader: SearchableReader, question: SubjectQuestion): Promise<SubjectPage> {
  const page = await reader.withSnapshot([question.object], (snapshot) =>
    listSubjects(snapshot, question, entriesPerPage),
  );
  if (!page.ok) throw new Error(page.problem.message);
  return page.value;
}

/** The answer in the form in which levels are compared. */
export function answerOf(given: EngineAnswer): Answer {
  switch (given.kind) {
    case 'checks': {
      assertDecided(given.decisions.filter(({ kind }) => kind === 'undecided').length);
      return { entries: given.decisions.map(({ kind }) => kind), hasMore: false };
    }
    case 'objects': {
      const { objects, undecided, hasMore } = given.page;
      assertDecided(undecided.length);
      return { entries: objects.map(formatObjectRef), hasMore };
    }
    case 'subjects': {
      const { subjects, undecided, hasMore } = given.page;
      assertDecided(undecided.length);
      return { entries: subjects.map(({ subject }) => formatSubjectRef(subject)), hasMore };
    }
    default:
      return assertNever(given);
  }
}

function assertDecided(undecided: number): void {
  if (undecided > 0) throw new Error(`${undecided} checks of a request are undecided.`);
}
