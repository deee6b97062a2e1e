import { assertNever } from '../src/base/assert-never.ts';
import type { Check } from '../src/engine/check/check.ts';
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
import { formatObjectRef, type ObjectRef } from '../src/model/object-ref.ts';
import { formatSubjectRef, subjectOf } from '../src/model/subject-ref.ts';
import { checkPermissions } from '../src/operations/access/check-permissions.ts';
import { checkViewer, type ViewerCheck } from '../src/operations/access/check-viewer.ts';
import type { Viewer } from '../src/operations/actor.ts';
import type { Postern } from '../src/operations/postern.ts';
import { describeRefusal } from '../src/operations/refusal.ts';
import { grantRole } from '../src/operations/roles/grant-role.ts';
import { type Answer, granted } from './answer.ts';
import { type BenchRequest, entriesPerPage, type GrantRequest } from './bench-request.ts';
import { newcomer } from './grant-query.ts';
import { checksOf, viewerContext } from './make-pages.ts';
import { benchActor } from './open-postern.ts';
import { relate } from './relate.ts';

/** A request as the engine takes it. */
export type EngineQuestion =
  | { readonly kind: 'page'; readonly viewer: Viewer; readonly checks: readonly ViewerCheck[] }
  | { readonly kind: 'checks'; readonly checks: readonly Check[] }
  | { readonly kind: 'objects'; readonly question: ObjectQuestion; readonly after: ObjectId | undefined }
  | { readonly kind: 'subjects'; readonly question: SubjectQuestion }
  | { readonly kind: 'grant'; readonly admin: Viewer; readonly grant: GrantRequest };

/** What the engine answers, as it gives it. */
export type EngineAnswer =
  | { readonly kind: 'checks'; readonly decisions: readonly Decision[] }
  | { readonly kind: 'objects'; readonly page: ObjectPage }
  | { readonly kind: 'subjects'; readonly page: SubjectPage }
  | { readonly kind: 'granted' };

export async function questionOf(reader: SearchableReader, request: BenchRequest): Promise<EngineQuestion> {
  const terms = { context: viewerContext, contextual: [] };
  switch (request.kind) {
    case 'page': {
      const checks = checksOf(request.page).map(({ object, relation }) => ({ object, permission: relation }));
      return { kind: 'page', viewer: viewerOf(request.page.viewer), checks };
    }
    case 'checks':
      return { kind: 'checks', checks: request.checks };
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
    case 'grant':
      return { kind: 'grant', admin: viewerOf(request.admin), grant: request };
    default:
      return assertNever(request);
  }
}

function viewerOf(person: ObjectRef): Viewer {
  const none = { requestId: undefined, delegate: undefined };
  return { kind: 'subject', subject: subjectOf(person), context: viewerContext, ...none };
}

/** Asks as the operations do that answer such requests. */
export async function askEngine(postern: Postern, asked: EngineQuestion): Promise<EngineAnswer> {
  const { reader } = postern.store;
  switch (asked.kind) {
    case 'page':
      return { kind: 'checks', decisions: await checkViewer(postern, asked.viewer, asked.checks) };
    case 'checks':
      return { kind: 'checks', decisions: await askAbout(postern, asked.checks) };
    case 'objects':
      return { kind: 'objects', page: await askObjects(reader, asked.question, entriesPerPage, asked.after) };
    case 'subjects':
      return { kind: 'subjects', page: await askSubjects(reader, asked.question) };
    case 'grant':
      return grant(postern, asked.admin, asked.grant);
    default:
      return assertNever(asked);
  }
}

async function askAbout(postern: Postern, checks: readonly Check[]): Promise<readonly Decision[]> {
  const input = { checks, contextual: [], atLeastAsFresh: undefined, modelId: undefined };
  const answer = await checkPermissions(postern, benchActor, input);
  if (!answer.ok) throw new Error(describeRefusal(answer.problem));
  return answer.value.decisions;
}

async function grant(postern: Postern, admin: Viewer, { object, role }: GrantRequest): Promise<EngineAnswer> {
  const input = { relationship: relate(object, role, newcomer()), reason: undefined, idempotency: undefined };
  const made = await grantRole(postern, admin, input);
  if (!made.ok) throw new Error(describeRefusal(made.problem));
  return { kind: 'granted' };
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
    case 'granted':
      return granted;
    default:
      return assertNever(given);
  }
}

function assertDecided(undecided: number): void {
  if (undecided > 0) throw new Error(`${undecided} checks of a request are undecided.`);
}
