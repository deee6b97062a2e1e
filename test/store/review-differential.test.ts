import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkInSnapshot } from '../../src/engine/check/check.ts';
import { beforeAllSubjects, listSubjects } from '../../src/engine/lists/list-subjects.ts';
import type { ReviewableSnapshot } from '../../src/engine/ports.ts';
import type { GrantEntry, GrantPlace } from '../../src/engine/review/grant-entry.ts';
import { reviewGrants } from '../../src/engine/review/review-grants.ts';
import { isPermissionName } from '../../src/model/names.ts';
import { formatObjectRef, type ObjectRef } from '../../src/model/object-ref.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { emptyContext, formatRelationship, type Relationship } from '../../src/model/relationship.ts';
import { isNamedAsSet, rolesOf } from '../../src/model/roles.ts';
import { formatSubjectRef, type SubjectRef, subjectType } from '../../src/model/subject-ref.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import { referenceCheck } from '../reference/reference-check.ts';
import { object, subject } from '../support/parse.ts';
import { publish, write } from '../support/postern.ts';
import { randomModels } from '../support/random-model.ts';
import { type RandomWorld, randomWorlds } from '../support/random-world.ts';
import { useScratchPostern } from '../support/scratch-postern.ts';

const types = ['group', 'folder', 'doc', 'user', 'bot'];
const objects = ['group', 'folder', 'doc'].flatMap((type) => ['1', '2'].map((id) => object(`${type}:${id}`)));
const subjects = types.flatMap((type) => ['*', '1', '2', '3'].map((id) => subject(`${type}:${id}`)));

const scratch = useScratchPostern();

async function walk(snapshot: ReviewableSnapshot, reviewed: ObjectRef, role: string, first: number) {
  const none = { subject: undefined, expiresBefore: undefined, withoutEnd: false, notHolding: undefined };
  const entries: GrantEntry[] = [];
  let after: GrantPlace | undefined;
  for (;;) {
    const question = { ...none, object: reviewed, includeContained: false, role };
    const page = await reviewGrants(snapshot, question, first, after);
    if (!page.ok) throw new Error(page.problem.message);
    entries.push(...page.value.entries);
    if (!page.value.hasMore) return entries;
    after = page.value.last;
  }
}

async function listed(snapshot: ReviewableSnapshot, reviewed: ObjectRef, relation: string, type: string) {
  const question = {
    object: reviewed,
    relation,
    type,
    subjectRelation: undefined,
    context: emptyContext,
    contextual: [],
  };
  const page = await listSubjects(snapshot, question, 100, beforeAllSubjects);
  if (!page.ok) throw new Error(page.problem.message);
  return page.value.subjects.map((one) => formatSubjectRef(one.subject));
}

async function decide(snapshot: ReviewableSnapshot, reviewed: ObjectRef, relation: string, who: readonly SubjectRef[]) {
  const checks = who.map((one) => ({ object: reviewed, relation, subject: one, context: emptyContext }));
  const { decisions } = await checkInSnapshot(snapshot, { checks, contextual: [] });
  return new Map(who.map((one, index) => [formatSubjectRef(one), decisions[index]?.kind]));
}

/** What ways say must be stored, and each relationship must lead on from the one before. */
function expectWays(entries: readonly GrantEntry[], world: RandomWorld): void {
  const stored = new Set(world.stored.map(formatRelationship));
  for (const { object: on, subject: who, via } of entries) {
    expect(via.map(formatRelationship).filter((one) => !stored.has(one))).toEqual([]);
    expect(via.at(-1)?.subject).toEqual(who);
    let at = formatObjectRef(on);
    for (const one of via) {
      expect(formatObjectRef(one.object)).toBe(at);
      if (one.subject.kind !== 'wildcard') at = formatObjectRef(one.subject.object);
    }
  }
}

/** What the reference evaluator says of every permission and named set of an object; undefined where it cannot tell. */
function tellingLevels(
  world: RandomWorld,
  now: Date,
  { object: on, subject: who }: GrantEntry,
  without?: Relationship,
) {
  const { model } = world;
  const text = without && formatRelationship(without);
  const stored = world.stored.filter((one) => formatRelationship(one) !== text && validateRelationship(model, one).ok);
  const relations = [...(model.types.get(on.type)?.relations.values() ?? [])];
  const telling = relations.filter((one) => isPermissionName(one.name) || isNamedAsSet(model, one));
  return telling.map(({ name }) => {
    const check = { object: on, relation: name, subject: who, context: emptyContext };
    const { least, most } = referenceCheck({ model, stored, contextual: [], now }, check);
    return least === most ? least : undefined;
  });
}

/** A grant is effective if and only if the reference answers otherwise in a world without it. */
function expectEffects(entries: readonly GrantEntry[], world: RandomWorld, now: Date): void {
  for (const entry of entries) {
    if (entry.effect.kind === 'undecided') continue;
    const before = tellingLevels(world, now, entry);
    const after = tellingLevels(world, now, entry, entry.via.at(-1));
    if ([...before, ...after].some((level) => level === undefined || level === 1)) continue;
    const isChanged = before.some((level, index) => level !== after[index]);
    const text = entry.via.map(formatRelationship).join(' <- ');
    expect([text, entry.effect.kind]).toEqual([text, isChanged ? 'effective' : 'none']);
    seen[entry.effect.kind] += 1;
  }
}

const seen = { roles: 0, entries: 0, allowed: 0, indirect: 0, effective: 0, none: 0 };

async function compare(snapshot: ReviewableSnapshot, world: RandomWorld, reviewed: ObjectRef): Promise<void> {
  const type = snapshot.prepared.model.types.get(reviewed.type);
  if (type === undefined) return;
  for (const { name } of rolesOf(snapshot.prepared.model, type)) {
    const entries = await walk(snapshot, reviewed, name, 2);
    const key = ({ place, via }: GrantEntry) => JSON.stringify([place, via.map(formatRelationship)]);
    expect(entries.map(key)).toEqual((await walk(snapshot, reviewed, name, 100)).map(key));
    expect(new Set(entries.map(key)).size).toBe(entries.length);
    expectWays(entries, world);
    const decided = await decide(snapshot, reviewed, name, subjects);
    for (const entry of entries) expect(entry.decision.kind).toBe(decided.get(formatSubjectRef(entry.subject)));
    // What is to begin is listed beside what counts, and gives nobody a role.
    const counting = entries.filter(({ via }) => via.every(({ startsAt }) => !startsAt || startsAt <= snapshot.now));
    const effective = counting.filter(({ decision }) => decision.kind === 'allowed').map((entry) => entry.subject);
    for (const of of types) {
      // Of whom nobody can say whether the wildcard covers them, only those who are named can be told.
      const covered = entries.some(
        ({ subject: who, decision }) => formatSubjectRef(who) === `${of}:*` && decision.kind !== 'denied',
      );
      const fromReview = [
        ...new Set(effective.filter((one) => subjectType(one) === of).map(formatSubjectRef)),
      ].toSorted();
      const all = (await listed(snapshot, reviewed, name, of)).toSorted();
      const holders = subjects
        .map(formatSubjectRef)
        .filter((one) => decided.get(one) === 'allowed' && one.startsWith(`${of}:`));
      expect(fromReview.filter((one) => !all.includes(one))).toEqual([]);
      if (covered) continue;
      expect(fromReview).toEqual(all);
      expect(fromReview).toEqual(holders.toSorted());
    }
    seen.roles += 1;
    seen.entries += entries.length;
    seen.allowed += effective.length;
    expectEffects(entries, world, snapshot.now);
    seen.indirect += entries.filter(({ via }) => via.length > 1).length;
  }
}

const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

test(`a review names exactly those who hold each role, as the list of subjects and the check do (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(randomWorlds(randomModels), async (world) => {
      fc.pre(parseModel({ kind: 'dsl', dsl: world.dsl }).ok);
      await scratch.empty();
      await publish(scratch.postern, world.dsl);
      await write(
        scratch.postern,
        world.stored.filter((one) => validateRelationship(world.model, one).ok),
      );
      const named = [...objects, ...subjects.flatMap((one) => (one.kind === 'object' ? [one.object] : []))];
      await scratch.postern.store.reader.withSnapshot(named, async (snapshot) => {
        for (const reviewed of objects) await compare(snapshot, world, reviewed);
      });
    }),
    { numRuns: Number(process.env.RUNS ?? 50), seed, endOnFailure: true },
  );
  expect(seen.indirect).toBeGreaterThan(0);
  expect(seen.effective).toBeGreaterThan(0);
  expect(seen.none).toBeGreaterThan(0);
}, 240_000);
