import { canonicalJson } from '../../base/canonical-json.ts';
import { type Check, check } from '../../engine/check.ts';
import type { Decision } from '../../model/decision.ts';
import { parseObjectRef } from '../../model/object-ref.ts';
import { parseModel } from '../../model/parse-model.ts';
import type { Relationship } from '../../model/relationship.ts';
import { parseSubjectRef } from '../../model/subject-ref.ts';
import { validateRelationship } from '../../model/validate-relationship.ts';
import type { Actor } from '../../operations/actor.ts';
import type { Postern } from '../../operations/postern.ts';
import { publishModel } from '../../operations/publish-model.ts';
import { describeRefusal } from '../../operations/refusal.ts';
import { maxRelationshipsPerWrite, writeRelationships } from '../../operations/write-relationships.ts';
import { parseRawRelationship, type RawRelationship } from './raw-relationship.ts';
import type { CheckCase, Expectation, TestWorld } from './test-world.ts';

export interface CaseResult {
  readonly world: string;
  readonly name: string;
  readonly passed: boolean;
  readonly expected: string;
  readonly actual: string;
}

const actor: Actor = { kind: 'console', command: 'postern test' };

/** Publishes the world's model, writes its relationships and asks its questions; the store is the caller's to empty. */
export async function playWorld(postern: Postern, world: TestWorld): Promise<readonly CaseResult[]> {
  const problem = (await publish(postern, world)) ?? (await write(postern, world.relationships));
  const answers = problem === undefined ? await askAll(postern, world) : new Map<CheckCase, Outcome>();
  return world.cases.map((test) => {
    const named = { world: world.name, name: test.name };
    if (test.kind === 'unsupported') return { ...named, passed: false, expected: 'an answer', actual: test.reason };
    const outcome = answers.get(test) ?? { text: problem ?? 'no answer', errorCode: undefined };
    return {
      ...named,
      passed: matches(test.expected, outcome),
      expected: describe(test.expected),
      actual: outcome.text,
    };
  });
}

/** A decision in words, and the class of its error in OpenFGA's numbers. */
interface Outcome {
  readonly text: string;
  readonly errorCode: number | undefined;
}

/** One batch for all checks with the same contextual relationships, as a page would ask. */
async function askAll(postern: Postern, world: TestWorld): Promise<ReadonlyMap<CheckCase, Outcome>> {
  const parsed = parseModel(world.model);
  if (!parsed.ok) throw new Error('A model that was published cannot be parsed.');
  const batches = new Map<string, { readonly contextual: readonly RawRelationship[]; readonly cases: CheckCase[] }>();
  for (const test of world.cases) {
    if (test.kind !== 'check') continue;
    const key = canonicalJson(test.contextual);
    const batch = batches.get(key) ?? { contextual: test.contextual, cases: [] };
    batch.cases.push(test);
    batches.set(key, batch);
  }
  const outcomes = new Map<CheckCase, Outcome>();
  for (const { contextual, cases } of batches.values()) {
    const relationships = contextual.map((raw) => {
      const relationship = parseRawRelationship(raw);
      const valid = relationship.ok ? validateRelationship(parsed.value.model, relationship.value) : relationship;
      return relationship.ok && valid.ok ? relationship.value : describeInvalid(valid);
    });
    const invalid = relationships.find((relationship) => typeof relationship === 'string');
    const valid = relationships.filter((relationship) => typeof relationship !== 'string');
    const answers = invalid === undefined ? await askBatch(postern, valid, cases) : [];
    cases.forEach((test, index) => {
      const unanswered = { text: invalid ?? 'no answer', errorCode: invalid === undefined ? undefined : 2027 };
      outcomes.set(test, answers[index] ?? unanswered);
    });
  }
  return outcomes;
}

async function askBatch(
  postern: Postern,
  contextual: readonly Relationship[],
  cases: readonly CheckCase[],
): Promise<readonly Outcome[]> {
  const checks = cases.map(parseCheck);
  const parsed = checks.filter((parsedCheck) => typeof parsedCheck !== 'string');
  const { decisions } = await check(postern.store.reader, { checks: parsed, contextual });
  const decided = new Map(parsed.map((parsedCheck, index) => [parsedCheck, decisions[index]]));
  return checks.map((parsedCheck) =>
    typeof parsedCheck === 'string' ? { text: parsedCheck, errorCode: 2000 } : outcomeOf(decided.get(parsedCheck)),
  );
}

function parseCheck({ user, relation, object, context }: CheckCase): Check | string {
  const parsedSubject = parseSubjectRef(user);
  const parsedObject = parseObjectRef(object);
  if (!parsedSubject.ok) return parsedSubject.problem;
  if (!parsedObject.ok) return parsedObject.problem;
  const given = new Map(Object.entries(context));
  return { subject: parsedSubject.value, relation, object: parsedObject.value, context: given };
}

function outcomeOf(decision: Decision | undefined): Outcome {
  if (decision === undefined) return { text: 'no answer', errorCode: undefined };
  if (decision.kind !== 'undecided') return { text: decision.kind, errorCode: undefined };
  const { code, message } = decision.problem;
  return { text: `${code}: ${message}`, errorCode: code === 'RESOLUTION_TOO_COMPLEX' ? 2002 : 2000 };
}

function matches(expected: Expectation, actual: Outcome): boolean {
  return typeof expected === 'string' ? actual.text === expected : actual.errorCode === expected.errorCode;
}

function describe(expected: Expectation): string {
  return typeof expected === 'string' ? expected : `an error of class ${expected.errorCode}`;
}

async function publish(postern: Postern, { model }: TestWorld): Promise<string | undefined> {
  const input = { source: model, activate: true, dryRun: false, reason: undefined };
  const published = await publishModel(postern, actor, input);
  return published.ok ? undefined : `The model was refused: ${describeRefusal(published.problem)}`;
}

async function write(postern: Postern, raw: readonly RawRelationship[]): Promise<string | undefined> {
  const relationships: Relationship[] = [];
  for (const one of raw) {
    const relationship = parseRawRelationship(one);
    if (!relationship.ok) return relationship.problem;
    relationships.push(relationship.value);
  }
  for (let start = 0; start < relationships.length; start += maxRelationshipsPerWrite) {
    const writes = relationships.slice(start, start + maxRelationshipsPerWrite);
    const options = { deletes: [], onDuplicate: 'IGNORE', onMissing: 'ERROR', reason: undefined } as const;
    const written = await writeRelationships(postern, actor, { writes, ...options, idempotency: undefined });
    if (!written.ok) return `The relationships were refused: ${describeRefusal(written.problem)}`;
  }
  return undefined;
}

function describeInvalid(result: { readonly ok: boolean; readonly problem?: unknown }): string {
  const { problem } = result;
  if (typeof problem === 'string') return problem;
  return typeof problem === 'object' && problem !== null && 'message' in problem ? String(problem.message) : 'invalid';
}
