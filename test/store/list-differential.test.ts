import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zip } from '../../src/base/zip.ts';
import { type Check, checkInSnapshot, decideInSnapshot } from '../../src/engine/check/check.ts';
import { ContextualReverse } from '../../src/engine/check/contextual-reverse.ts';
import { findCandidateObjects } from '../../src/engine/check/find-candidate-objects.ts';
import { NodeTable } from '../../src/engine/check/node-table.ts';
import { listObjects } from '../../src/engine/lists/list-objects.ts';
import { beforeAllSubjects, listSubjects } from '../../src/engine/lists/list-subjects.ts';
import type { SearchableSnapshot } from '../../src/engine/ports.ts';
import type { ObjectId } from '../../src/model/names.ts';
import { formatObjectRef, type ObjectRef } from '../../src/model/object-ref.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { formatSubjectRef } from '../../src/model/subject-ref.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { object, subject } from '../support/parse.ts';
import { writing } from '../support/postern.ts';
import { randomModels } from '../support/random-model.ts';
import { type RandomWorld, randomWorlds } from '../support/random-world.ts';
import { useScratchPostern } from '../support/scratch-postern.ts';

/** Everything that random worlds name. */
const objects = ['group', 'folder', 'doc'].flatMap((type) => ['1', '2', '3'].map((id) => object(`${type}:${id}`)));
const users = ['user:*', 'user:1', 'user:2', 'user:3'].map(subject);

const actor = { kind: 'console', command: 'test' } as const;
const scratch = useScratchPostern();

async function prepare({ dsl, model, stored }: RandomWorld): Promise<void> {
  await scratch.empty();
  const input = { source: { kind: 'dsl', dsl }, activate: true, dryRun: false, reason: undefined } as const;
  expect(await publishModel(scratch.postern, actor, input)).toMatchObject({ ok: true });
  const writes = stored.filter((one) => validateRelationship(model, one).ok);
  if (writes.length === 0) return;
  expect(await writeRelationships(scratch.postern, actor, writing(writes))).toMatchObject({ ok: true });
}

type Outcomes = Readonly<Record<'allowed' | 'undecided', readonly string[]>>;

/** What the check says of each of many questions, by the name of what is asked about. */
async function checkEach(
  snapshot: SearchableSnapshot,
  { contextual }: RandomWorld,
  questions: readonly (readonly [name: string, check: Check])[],
): Promise<Outcomes> {
  const { decisions } = await checkInSnapshot(snapshot, { checks: questions.map(([, check]) => check), contextual });
  const named = (kind: string) => questions.flatMap(([name], index) => (decisions[index]?.kind === kind ? [name] : []));
  return { allowed: named('allowed').toSorted(), undecided: named('undecided').toSorted() };
}

async function walkObjects(snapshot: SearchableSnapshot, { contextual }: RandomWorld, check: Check): Promise<Outcomes> {
  const allowed: ObjectRef[] = [];
  const undecided: ObjectRef[] = [];
  let after: ObjectId | undefined;
  for (;;) {
    const page = await listObjects(snapshot, { ...check, type: check.object.type, contextual }, 2, after);
    if (!page.ok) throw new Error(page.problem.message);
    allowed.push(...page.value.objects);
    undecided.push(...page.value.undecided.map((one) => one.object));
    if (!page.value.hasMore) break;
    after = page.value.objects.at(-1)?.id ?? page.value.lastId;
  }
  const unique = new Set(undecided.map(formatObjectRef));
  return { allowed: allowed.map(formatObjectRef), undecided: [...unique].toSorted() };
}

async function walkSubjects(
  snapshot: SearchableSnapshot,
  { contextual }: RandomWorld,
  check: Check,
  [type, subjectRelation]: readonly [string, string | undefined],
): Promise<Outcomes> {
  const allowed: string[] = [];
  const undecided = new Set<string>();
  let after = beforeAllSubjects;
  for (;;) {
    const question = { ...check, type, subjectRelation, contextual };
    const page = await listSubjects(snapshot, question, 2, after);
    if (!page.ok) throw new Error(page.problem.message);
    allowed.push(...page.value.subjects.map((one) => formatSubjectRef(one.subject)));
    for (const one of page.value.undecided) undecided.add(formatSubjectRef(one.subject));
    if (!page.value.hasMore) return { allowed: allowed.toSorted(), undecided: [...undecided].toSorted() };
    after = page.value.last ?? after;
  }
}

/** Objects that the check allows, and that following the edges back from the subject would not find. */
async function findMissed(
  snapshot: SearchableSnapshot,
  { contextual }: RandomWorld,
  check: Check,
  ofType: readonly ObjectRef[],
): Promise<readonly string[]> {
  const nodes = new NodeTable(snapshot);
  const reverse = await ContextualReverse.open(contextual, nodes);
  const { subject: who } = check;
  const [node] = who.kind === 'wildcard' ? [] : await nodes.resolve([who.object]);
  const target = snapshot.prepared.model.types.get(check.object.type)?.relations.get(check.relation);
  if (target === undefined) throw new Error('A random check asks for a relation that is not there.');
  const found = await findCandidateObjects(snapshot, reverse, who, node, target, 1000);
  const checks = ofType.map((one) => ({ ...check, object: one }));
  const { decisions } = await checkInSnapshot(snapshot, { checks, contextual });
  return zip(zip(ofType, decisions), await nodes.resolve(ofType))
    .filter(([[, decision], place]) => decision.kind === 'allowed' && !found?.has(place))
    .map(([[one]]) => formatObjectRef(one));
}

async function compare(snapshot: SearchableSnapshot, world: RandomWorld, check: Check): Promise<void> {
  const ofType = objects.filter(({ type }) => type === check.object.type);
  const askObjects = ofType.map((one) => [formatObjectRef(one), { ...check, object: one }] as const);
  expect(await walkObjects(snapshot, world, check)).toEqual(await checkEach(snapshot, world, askObjects));

  expect(await findMissed(snapshot, world, check, ofType)).toEqual([]);

  const sets = ['group:1#m', 'group:2#m'].map(subject);
  const askSets = sets.map((one) => [formatSubjectRef(one), { ...check, subject: one }] as const);
  // A condition that fails leaves everybody undecided; only those who are named somewhere can be listed as such.
  const listedSets = await walkSubjects(snapshot, world, check, ['group', 'm']);
  const decidedSets = await checkEach(snapshot, world, askSets);
  expect(listedSets.allowed).toEqual(decidedSets.allowed);
  expect(listedSets.undecided.filter((name) => !decidedSets.undecided.includes(name))).toEqual([]);

  const askUsers = users.map((one) => [formatSubjectRef(one), { ...check, subject: one }] as const);
  const { allowed } = await checkEach(snapshot, world, askUsers);
  const listed = await walkSubjects(snapshot, world, check, ['user', undefined]);
  // Whoever is named is listed or not as the check says; only those whom the wildcard covers need not be named, or of whom nobody
  // can say whether it does: then the list says of everybody that it cannot tell.
  expect(listed.allowed.filter((name) => !allowed.includes(name))).toEqual([]);
  const isCovered = [...listed.allowed, ...listed.undecided].includes('user:*');
  if (!isCovered) expect(allowed.filter((name) => !listed.allowed.includes(name))).toEqual([]);

  const explained = await decideInSnapshot(snapshot, check, world.contextual);
  const { decisions } = await checkInSnapshot(snapshot, { checks: [check], contextual: world.contextual });
  expect(explained.decision.kind).toBe(decisions[0]?.kind);
}

const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

test(`lists of objects and of subjects hold exactly what the check allows (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(randomWorlds(randomModels), async (world) => {
      // The language's own validator also refuses what is only written twice.
      fc.pre(parseModel({ kind: 'dsl', dsl: world.dsl }).ok);
      await prepare(world);
      const named = [
        ...objects,
        ...world.contextual.flatMap(({ object: on, subject: who }) =>
          who.kind === 'wildcard' ? [on] : [on, who.object],
        ),
      ];
      const subjects = [...users, ...world.checks.map((check) => check.subject)];
      const all = [...named, ...subjects.flatMap((who) => (who.kind === 'wildcard' ? [] : [who.object]))];
      await scratch.postern.store.reader.withSnapshot(all, async (snapshot) => {
        for (const check of world.checks) await compare(snapshot, world, check);
      });
    }),
    { numRuns: Number(process.env.RUNS ?? 60), seed },
  );
}, 240_000);
