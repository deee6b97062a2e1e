import { canonicalJson } from '../../base/canonical-json.ts';
import { zip } from '../../base/zip.ts';
import { type Check, check } from '../../engine/check/check.ts';
import type { SearchableReader } from '../../engine/ports.ts';
import type { Decision } from '../../model/decision.ts';
import type { Model } from '../../model/model.ts';
import { parseObjectRef } from '../../model/object-ref.ts';
import { emptyContext, type Relationship } from '../../model/relationship.ts';
import { parseSubjectRef } from '../../model/subject-ref.ts';
import { validateRelationship } from '../../model/validate-relationship.ts';
import type { Actor } from '../../operations/actor.ts';
import { publishModel } from '../../operations/models/publish-model.ts';
import type { Postern } from '../../operations/postern.ts';
import { describeRefusal } from '../../operations/refusal.ts';
import { maxRelationshipsPerWrite, writeRelationships } from '../../operations/relationships/write-relationships.ts';
import { playList } from './play-list.ts';
import { parseRawRelationship, type RawRelationship } from './raw-relationship.ts';
import type { CheckCase, ListCase, TestCase, TestWorld } from './test-world.ts';

export interface CaseResult {
  readonly world: string;
  readonly name: string;
  readonly passed: boolean;
  readonly expected: string;
  readonly actual: string;
}

/** What came out of a case, in words, and the class of its error in OpenFGA's numbers. */
interface Outcome {
  readonly text: string;
  readonly errorCode: number | undefined;
}

const actor: Actor = { kind: 'console', command: 'postern test' };

/** Publishes the world's model, writes its relationships and asks its questions; the store is the caller's to empty. */
export async function playWorld(postern: Postern, world: TestWorld): Promise<readonly CaseResult[]> {
  const problem = await prepareWorld(postern, world);
  const model = await postern.store.parser.parse(world.model, 'publish');
  if (problem === undefined && model.ok) return askWorld(postern.store.reader, model.value.model, world);
  return world.cases.map((test) => resultOf(world, test, { text: problem ?? 'no answer', errorCode: undefined }));
}

/** Publishes and writes; returns what was refused, in words. */
export async function prepareWorld(postern: Postern, world: TestWorld): Promise<string | undefined> {
  return (await publish(postern, world)) ?? (await write(postern, world.relationships));
}

/** Asks the questions of a world that is prepared; the reader says of which model. */
export async function askWorld(
  reader: SearchableReader,
  model: Model,
  world: TestWorld,
): Promise<readonly CaseResult[]> {
  const outcomes = await askAll(reader, model, world);
  return world.cases.map((test) => {
    const outcome = outcomes.get(test);
    return resultOf(world, test, outcome ?? { text: 'no answer', errorCode: undefined });
  });
}

function resultOf(world: TestWorld, test: TestCase, outcome: Outcome): CaseResult {
  const { text: expected, errorCode } = expectationOf(test);
  const passed = errorCode === undefined ? outcome.text === expected : outcome.errorCode === errorCode;
  return { world: world.name, name: test.name, passed, expected, actual: outcome.text };
}

function expectationOf({ expected }: TestCase): Outcome {
  if (typeof expected === 'string') return { text: expected, errorCode: undefined };
  if ('errorCode' in expected) {
    return { text: `an error of class ${expected.errorCode}`, errorCode: expected.errorCode };
  }
  return { text: describeList(expected), errorCode: undefined };
}

function describeList(ids: readonly string[]): string {
  return `[${ids.toSorted().join(', ')}]`;
}

/** One batch for all checks with the same contextual relationships, as a page would ask; lists one by one. */
async function askAll(
  reader: SearchableReader,
  model: Model,
  world: TestWorld,
): Promise<ReadonlyMap<TestCase, Outcome>> {
  const outcomes = new Map<TestCase, Outcome>();
  for (const cases of Map.groupBy(world.cases, ({ contextual }) => canonicalJson(contextual)).values()) {
    const contextual = parseContextual(model, cases[0]?.contextual ?? []);
    if (typeof contextual === 'string') {
      for (const test of cases) outcomes.set(test, { text: contextual, errorCode: 2027 });
      continue;
    }
    const checks = cases.filter((test) => test.kind === 'check');
    for (const [test, outcome] of await askBatch(reader, contextual, checks)) outcomes.set(test, outcome);
    for (const test of cases) {
      if (test.kind !== 'check') outcomes.set(test, await askList(reader, model, contextual, test));
    }
  }
  return outcomes;
}

/** The relationships, or what is wrong with one of them. */
function parseContextual(model: Model, raw: readonly RawRelationship[]): readonly Relationship[] | string {
  const relationships: Relationship[] = [];
  for (const one of raw) {
    const relationship = parseRawRelationship(one);
    if (!relationship.ok) return relationship.problem;
    const valid = validateRelationship(model, relationship.value);
    if (!valid.ok) return valid.problem.message;
    relationships.push(relationship.value);
  }
  return relationships;
}

async function askBatch(
  reader: SearchableReader,
  contextual: readonly Relationship[],
  cases: readonly CheckCase[],
): Promise<readonly (readonly [CheckCase, Outcome])[]> {
  const asked = cases.map((test) => ({ test, parsed: parseCheck(test) }));
  const valid = asked.flatMap(({ test, parsed }) => (typeof parsed === 'string' ? [] : [{ test, check: parsed }]));
  const { decisions } = await check(reader, { checks: valid.map((one) => one.check), contextual });
  return [
    ...zip(valid, decisions).map(([{ test }, decision]) => [test, outcomeOf(decision)] as const),
    ...asked.flatMap(({ test, parsed }) =>
      typeof parsed === 'string' ? [[test, { text: parsed, errorCode: 2000 }] as const] : [],
    ),
  ];
}

async function askList(
  reader: SearchableReader,
  model: Model,
  contextual: readonly Relationship[],
  test: ListCase,
): Promise<Outcome> {
  const listed = await playList(reader, model, test, contextual);
  if (listed.kind === 'refused') return listed;
  return { text: describeList(listed.ids), errorCode: undefined };
}

/** The check that a case asks, or what is wrong with it. */
function parseCheck({ user, relation, object, context }: CheckCase): Check | string {
  const parsedSubject = parseSubjectRef(user);
  const parsedObject = parseObjectRef(object);
  if (!parsedSubject.ok) return parsedSubject.problem;
  if (!parsedObject.ok) return parsedObject.problem;
  // A test says what the request would: the clock and the claims as well.
  const facts = new Map(Object.entries(context));
  return { subject: parsedSubject.value, relation, object: parsedObject.value, context: emptyContext, facts };
}

function outcomeOf(decision: Decision): Outcome {
  if (decision.kind !== 'undecided') return { text: decision.kind, errorCode: undefined };
  const { code, message } = decision.problem;
  return { text: `${code}: ${message}`, errorCode: code === 'RESOLUTION_TOO_COMPLEX' ? 2002 : 2000 };
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
