import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { findContainedObjects } from '../../src/engine/review/find-contained-objects.ts';
import { followedBeyond } from '../../src/model/followed-beyond.ts';
import type { Model } from '../../src/model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../src/model/object-ref.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { formatRelationship, type Relationship } from '../../src/model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../src/model/subject-ref.ts';
import { findTakingRelations } from '../../src/model/taking-relations.ts';
import type { ToxicPair } from '../../src/model/toxic-pair.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import { grantPermission } from '../../src/operations/authorize.ts';
import type { AccessFinding, FindingKind } from '../../src/operations/findings/access-finding.ts';
import { relationsGrantedBy } from '../../src/operations/findings/escalations.ts';
import { listFindings } from '../../src/operations/findings/list-findings.ts';
import { findReachedPermissions } from '../../src/operations/findings/reached-objects.ts';
import { type Simulation, simulateChange } from '../../src/operations/findings/simulate-change.ts';
import { tryChange } from '../../src/operations/findings/try-change.ts';
import type { Postern } from '../../src/operations/postern.ts';
import {
  grantsOn,
  Naive,
  named,
  type Outcome,
  objects,
  permissionsOn,
  strangers,
  withPermissions,
} from '../support/naive-world.ts';
import { dsl, model, object, relationship } from '../support/parse.ts';
import { done, operator, publish, write } from '../support/postern.ts';
import { admittingAll, randomModels } from '../support/random-model.ts';
import { randomWorlds } from '../support/random-world.ts';
import { useScratchPostern } from '../support/scratch-postern.ts';

/**
 * What findings and simulations say, held against what somebody finds who asks the reference evaluator about everybody and everything.
 * `npm run fuzz:findings` makes more worlds.
 */
const runs = Number(process.env.TEST_FINDINGS ?? 10);
/** So many that whatever is looked for is met. */
const isLong = runs >= 100;

const scratch = useScratchPostern((message, error) => {
  throw new Error(message, { cause: error });
}, 60_000);

const pairs: readonly ToxicPair[] = [
  { first: { type: 'doc', permission: 'can_a' }, second: { type: 'doc', permission: 'can_b' }, scope: 'object' },
  { first: { type: 'folder', permission: 'can_a' }, second: { type: 'doc', permission: 'can_c' }, scope: 'anywhere' },
];

/** A world in the store, and what is in it. */
async function store(text: string, stored: readonly Relationship[]): Promise<Postern> {
  await scratch.empty();
  await publish(scratch.postern, withPermissions(admittingAll));
  await write(scratch.postern, stored);
  await publish(scratch.postern, text);
  return { ...scratch.postern, toxicPairs: pairs };
}

let admitting: Model;
beforeAll(() => {
  admitting = model(withPermissions(admittingAll));
});

const byName = (list: readonly Relationship[]) => new Map(list.map((one) => [formatRelationship(one), one]));

/** What the runs came across, so that a test that meets nothing is noticed. */
const seen = {
  gained: 0,
  lost: 0,
  becameUndecided: 0,
  escalations: 0,
  pairs: 0,
  redundant: 0,
  needed: 0,
  outsiders: 0,
  climbers: 0,
  toxic: 0,
};

interface Answer {
  readonly by: SubjectRef;
  readonly on: ObjectRef;
  readonly permission: string;
}

const place = ({ on, permission }: Answer) => JSON.stringify([formatObjectRef(on), permission]);

/** Everybody who is only covered by a wildcard counts as one with it. */
function expectCount(count: number, found: readonly Answer[], what: string): void {
  const certainly = (one: Answer) => strangers.includes(one.by) || !found.some((other) => covers(other, one));
  const least = found.filter(certainly).length;
  expect(count, what).toBeGreaterThanOrEqual(least);
  expect(count, what).toBeLessThanOrEqual(found.length);
}

function covers(stranger: Answer, one: Answer): boolean {
  const type = (by: SubjectRef) => formatSubjectRef(by).split(':')[0];
  return strangers.includes(stranger.by) && type(stranger.by) === type(one.by) && place(stranger) === place(one);
}

function expectSimulation(found: Simulation, of: Model, [before, after]: readonly [Naive, Naive]): void {
  expect(found.notExamined.filter((line) => !/^Of somebody|^Not everything that belongs/.test(line))).toEqual([]);
  const kinds = { gained: [] as Answer[], lost: [] as Answer[], becameUndecided: [] as Answer[] };
  const rights: Answer[] = [];
  // What is called examined is: no other object knows of a difference.
  for (const on of objects) {
    for (const relation of permissionsOn(of, on)) {
      for (const by of [...named, ...strangers]) {
        const [was, is] = [before.decide(by, relation.name, on), after.decide(by, relation.name, on)];
        if (was === is) continue;
        const answer = { by, on, permission: relation.name };
        kinds[is === 'allowed' ? 'gained' : is === 'denied' ? 'lost' : 'becameUndecided'].push(answer);
        if (is === 'allowed' && relationsGrantedBy(of, relation).length > 0) rights.push(answer);
      }
    }
  }
  for (const kind of ['gained', 'lost', 'becameUndecided'] as const) {
    expectCount(found[kind].count, kinds[kind], kind);
    seen[kind] += kinds[kind].length;
  }
  expectCount(found.escalations.count, rights, 'escalations');
  seen.escalations += rights.length;
  const real = new Set(rights.map((one) => `${formatSubjectRef(one.by)} ${place(one)}`));
  const told = found.escalations.examples.filter(({ subject: by }) => by.kind === 'object');
  const text = (one: (typeof told)[number]) => `${formatSubjectRef(one.subject)} ${place({ by: one.subject, on: one.object, permission: one.permission })}`; // biome-ignore format: one
  expect(told.map(text).filter((one) => !real.has(one))).toEqual([]);
}

/** Where somebody has both: on one object; or anywhere, which is no object. */
function pairsOf(state: Naive, scope: readonly ObjectRef[], { first, second, scope: where }: ToxicPair) {
  const of = (type: string) => scope.filter((on) => on.type === type);
  const holds = (by: SubjectRef, permission: string, on: ObjectRef) => state.decide(by, permission, on) === 'allowed';
  return [...named, ...strangers].flatMap((by) => {
    if (where === 'object') {
      const both = of(first.type).filter((on) => holds(by, first.permission, on) && holds(by, second.permission, on));
      return both.map((on) => JSON.stringify([formatSubjectRef(by), formatObjectRef(on)]));
    }
    const some = of(first.type).some((on) => holds(by, first.permission, on));
    return some && of(second.type).some((on) => holds(by, second.permission, on))
      ? [JSON.stringify([formatSubjectRef(by), ''])]
      : [];
  });
}

function expectPairs(
  { toxicPairs }: Simulation,
  scope: readonly ObjectRef[],
  [before, after]: readonly [Naive, Naive],
) {
  const opened = pairs.flatMap((pair) => {
    const had = new Set(pairsOf(before, scope, pair));
    return pairsOf(after, scope, pair).filter((one) => !had.has(one));
  });
  seen.pairs += opened.length;
  expect(toxicPairs.count).toBeLessThanOrEqual(opened.length);
  const isStranger = (one: string) => one.includes(':unwritten');
  // Whoever is covered by a wildcard is told of by it.
  const types = opened.filter(isStranger).map((one) => one.replace(/^\["(\w+):unwritten/, '["$1'));
  const isCovered = (one: string) => types.includes(one.replace(/^\["(\w+):\w+/, '["$1'));
  expect(toxicPairs.count).toBeGreaterThanOrEqual(opened.filter((one) => isStranger(one) || !isCovered(one)).length);
  const told = toxicPairs.examples.map(({ pair, subject: by, first }) => {
    const name = by.kind === 'wildcard' ? `${by.type}:unwritten` : formatSubjectRef(by);
    return JSON.stringify([name, pair.scope === 'object' ? formatObjectRef(first) : '']);
  });
  expect(told.filter((one) => !opened.includes(one))).toEqual([]);
}

test(`what ${runs} simulated changes mean is what asking everybody about everything finds`, {
  timeout: 3_600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      randomWorlds(randomModels),
      fc.array(fc.nat(2), { minLength: 30 }),
      fc.boolean(),
      async (world, dice, isWide) => {
        const text = withPermissions(world.dsl);
        fc.pre(parseModel({ kind: 'dsl', dsl: text }).ok);
        const of = model(text);
        const all = world.stored.filter((one) => validateRelationship(admitting, one).ok);
        const isThere = (_: unknown, index: number) => (dice[index % dice.length] ?? 0) > 0;
        const stored = all.filter(isThere);
        const writes = all
          .filter(
            (one, index) =>
              !isThere(one, index) &&
              validateRelationship(of, one).ok &&
              (one.expiresAt === undefined || one.expiresAt > new Date()),
          )
          .slice(0, 3);
        const deletes = stored.filter((_, index) => (dice[(index + 7) % dice.length] ?? 0) === 0).slice(0, 3);
        fc.pre(writes.length + deletes.length > 0);
        const changed = [...new Map([...byName(stored), ...byName(writes)])].flatMap(([text, one]) =>
          byName(deletes).has(text) ? [] : [one],
        );
        const states = [new Naive(of, stored), new Naive(of, changed)] as const;
        const isOpen = [...named, ...strangers].some((by) =>
          objects.some((on) =>
            permissionsOn(of, on).some(({ name }) => states.some((state) => state.decide(by, name, on) === undefined)),
          ),
        );
        fc.pre(!isOpen);
        const postern = await store(text, stored);
        const within = isWide ? object('folder:1') : undefined;
        const found = done(await simulateChange(postern, operator, { change: { writes, deletes }, within }));
        const roots = [...(within ? [within] : []), ...[...writes, ...deletes].map(({ object: on }) => on)];
        const { scope, isWide: isWider } = await postern.store.reader.withSnapshot(roots, async (snapshot) => {
          const contained = [];
          for (const root of roots) contained.push(...(await findContainedObjects(snapshot, root, 10_000)).objects);
          const tried = done(await tryChange(postern, snapshot, { writes, deletes }));
          const reached = await findReachedPermissions(tried);
          const names = await tried.states.after.readNames(reached?.map(({ node }) => node) ?? []);
          const inside = new Map(contained.map((one) => [formatObjectRef(one), one]));
          return {
            scope: [...inside.values()],
            isWide: [...names.values()].some((one) => !inside.has(formatObjectRef(one))),
          };
        });
        expectSimulation(found, of, states);
        // Who has a pair somewhere is looked for on what is examined: what else is reached is not known here.
        if (!isWider) expectPairs(found, scope, states);
        // Nothing was written.
        const again = done(await simulateChange(postern, operator, { change: { writes, deletes }, within }));
        expect(again).toEqual(found);
      },
    ),
    { numRuns: runs, endOnFailure: true },
  );
  process.stdout.write(`${runs} simulations: ${JSON.stringify(seen)}\n`);
  if (isLong) expect(Math.min(seen.gained, seen.lost, seen.becameUndecided, seen.escalations)).toBeGreaterThan(0);
});

const everybody = [...named, ...strangers];
const textsOf = (findings: readonly AccessFinding[]) =>
  findings.flatMap(({ relationships }) => relationships.map(formatRelationship)).toSorted();

/** Whether everything is as it is without a grant; undefined where that is not decided without a context. */
function isAlike(of: Model, stored: readonly Relationship[], state: Naive, grant: Relationship): boolean | undefined {
  const gone = formatRelationship(grant);
  const without = new Naive(
    of,
    stored.filter((one) => formatRelationship(one) !== gone),
  );
  const asked = objects.flatMap((on) => permissionsOn(of, on).map(({ name }) => [name, on] as const));
  const everyone = [grant.subject, ...everybody];
  const same = everyone.every((by) =>
    asked.every(([name, on]) => state.decide(by, name, on) === without.decide(by, name, on)),
  );
  if (!same) return false;
  return everyone.every((by) => asked.every(([name, on]) => isDecided(state.decide(by, name, on)))) || undefined;
}

const isDecided = (outcome: Outcome | undefined) => outcome === 'allowed' || outcome === 'denied';

/** What is found redundant is; and of some others that make no difference, their subjects have nothing that they give. */
function expectRedundant(
  of: Model,
  stored: readonly Relationship[],
  state: Naive,
  grants: readonly Relationship[],
  found: readonly string[],
) {
  const plain = grants.filter(({ condition }) => condition === undefined);
  const isFound = (one: Relationship) => found.includes(formatRelationship(one));
  expect(plain.filter(isFound).length).toBe(found.length);
  for (const one of plain.filter(isFound)) {
    expect([formatRelationship(one), isAlike(of, stored, state, one)]).not.toEqual([formatRelationship(one), false]);
  }
  const has = ({ object: on, relation, subject: by }: Relationship) =>
    state.decide(by, `can_${relation}`, on) === 'allowed';
  const giving = plain.filter(
    (one) =>
      !isFound(one) && permissionsOn(of, one.object).some(({ name }) => name === `can_${one.relation}`) && has(one),
  );
  for (const one of giving.slice(0, 5)) {
    seen.needed += 1;
    expect([formatRelationship(one), isAlike(of, stored, state, one)]).not.toEqual([formatRelationship(one), true]);
  }
}

/** What somebody comes to who gives itself whatever it may, again and again. */
function climbNaively(
  of: Model,
  scope: readonly ObjectRef[],
  stored: readonly Relationship[],
  by: SubjectRef,
): number | undefined {
  const before = new Naive(of, stored);
  const [taking, followed] = [findTakingRelations(of), followedBeyond(of)];
  let all = stored;
  for (let step = 0; step < 3; step += 1) {
    const state = new Naive(of, all);
    const there = byName(all);
    const news = scope.flatMap((on) =>
      [...(of.types.get(on.type)?.relations.values() ?? [])].flatMap((relation): readonly Relationship[] => {
        const one = {
          object: on,
          relation: relation.name,
          subject: by,
          condition: undefined,
          startsAt: undefined,
          expiresAt: undefined,
        };
        const may =
          state.decide(by, grantPermission(of, on, relation.name), on) === 'allowed' &&
          validateRelationship(of, one).ok;
        return may && !taking.has(relation) && !followed.has(relation) && !there.has(formatRelationship(one))
          ? [one]
          : [];
      }),
    );
    if (news.length === 0) break;
    all = [...all, ...news];
  }
  const after = new Naive(of, all);
  let gained = 0;
  for (const on of scope) {
    for (const { name } of permissionsOn(of, on)) {
      const [was, is] = [before.decide(by, name, on), after.decide(by, name, on)];
      if (was === undefined || is === undefined) return undefined;
      if (is === 'allowed' && was !== 'allowed') gained += 1;
    }
  }
  return gained;
}

/** Everything that is found in a folder and what belongs to it, held against the reference. */
async function expectFindings(
  postern: Postern,
  of: Model,
  stored: readonly Relationship[],
  state: Naive,
): Promise<void> {
  const container = object('folder:1');
  const insiders = { object: container, relation: 'a' };
  const question = {
    object: container,
    includeContained: true,
    insiders,
    steps: 3,
    days: 90,
    first: 100,
    after: undefined,
  };
  const ask = async (kind: FindingKind) => done(await listFindings(postern, operator, { ...question, kinds: [kind] }));
  const scope = await postern.store.reader.withSnapshot(
    [container],
    async (snapshot) => (await findContainedObjects(snapshot, container, 10_000)).objects,
  );
  const grants = grantsOn(of, scope, stored);

  const redundant = textsOf((await ask('redundantGrant')).findings);
  seen.redundant += redundant.length;
  expectRedundant(of, stored, state, grants, redundant);

  const outsiders = textsOf((await ask('outsider')).findings);
  const plain = grants.filter(
    ({ subject: by, object: on, relation }) =>
      by.kind !== 'set' && !(formatObjectRef(on) === 'folder:1' && relation === 'a'),
  );
  const expected = plain
    .filter(({ subject: by }) => state.decide(by, 'a', container) === 'denied')
    .map(formatRelationship);
  seen.outsiders += expected.length;
  expect(outsiders.filter((text) => plain.some((one) => formatRelationship(one) === text))).toEqual(
    expected.toSorted(),
  );

  const escalations = new Map(
    (await ask('escalation')).findings.map((one) => [one.subject && formatSubjectRef(one.subject), one]),
  );
  for (const by of named) {
    const gained = climbNaively(of, scope, stored, by);
    const isGranter = scope.some((on) =>
      permissionsOn(of, on).some(
        (relation) => relationsGrantedBy(of, relation).length > 0 && state.decide(by, relation.name, on) === 'allowed',
      ),
    );
    const found = escalations.get(formatSubjectRef(by))?.count ?? 0;
    if (gained === undefined) continue;
    seen.climbers += gained > 0 ? 1 : 0;
    // Whom only a wildcard entitles is told of with everybody.
    expect([formatSubjectRef(by), found === 0 && isCoveredOnly(of, scope, state, by) ? gained : found]).toEqual([
      formatSubjectRef(by),
      isGranter ? gained : 0,
    ]);
  }

  const toxic = (await ask('toxicPair')).findings;
  const had = pairs.flatMap((pair) => pairsOf(state, scope, pair));
  seen.toxic += toxic.length;
  expect(toxic.length).toBeLessThanOrEqual(had.length);
  expect(toxic.length > 0).toBe(had.length > 0);
  for (const { change, subject: by, object: on } of toxic.filter((one) => one.change.deletes.length > 0)) {
    const gone = new Set(change.deletes.map(formatRelationship));
    const after = new Naive(
      of,
      stored.filter((one) => !gone.has(formatRelationship(one))),
    );
    const isOver =
      by && on && (after.decide(by, 'can_a', on) !== 'allowed' || after.decide(by, 'can_b', on) !== 'allowed');
    expect(isOver).toBe(true);
  }
}

const isOpen = (of: Model, state: Naive) =>
  everybody.some((by) =>
    objects.some((on) => permissionsOn(of, on).some(({ name }) => state.decide(by, name, on) === undefined)),
  );

test(`what is found in ${runs} worlds is what asking everybody about everything finds`, {
  timeout: 3_600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(randomWorlds(randomModels), async (world) => {
      const text = withPermissions(world.dsl);
      fc.pre(parseModel({ kind: 'dsl', dsl: text }).ok);
      const of = model(text);
      const stored = world.stored.filter((one) => validateRelationship(admitting, one).ok);
      const state = new Naive(of, stored);
      fc.pre(!isOpen(of, state));
      await expectFindings(await store(text, stored), of, stored, state);
    }),
    { numRuns: Math.ceil(runs / 3), endOnFailure: true },
  );
});

/** Folders in folders, with groups in groups: few names, so that ways meet. */
const crowded = dsl(
  {
    user: {},
    bot: {},
    group: { m: '[user, user:*, group#m, user with when]', n: '[user]', can_grant_m: 'n', can_m: 'm' },
    folder: {
      parent: '[folder]',
      a: '[user, group#m]',
      b: '[user, user:*, bot, group#m, user with when]',
      c: '[user, group#m]',
      blocked: '[user]',
      can_a: '(a or can_a from parent) but not blocked',
      can_b: '(b or a) but not blocked',
      can_c: 'c and can_b',
      can_grant_a: 'c',
      can_grant_b: 'a or can_a from parent',
      can_grant_c: 'b',
      can_manage_access: 'a or can_manage_access from parent',
    },
    doc: {
      parent: '[folder]',
      a: '[user, group#m]',
      b: '[user]',
      c: '[user]',
      can_a: 'a or can_a from parent',
      can_b: 'b or a',
      can_c: 'c',
      can_grant_b: 'a',
      can_grant_c: 'b',
      can_manage_access: 'can_manage_access from parent',
    },
  },
  { when: '(x: int) { x > 0 }' },
);

const written = fc.record({ on: fc.nat(8), relation: fc.nat(5), by: fc.nat(9) });
const subjectTexts = [
  'user:1',
  'user:2',
  'user:3',
  'user:1',
  'user:2',
  'user:*',
  'bot:1',
  'group:1#m',
  'group:2#m',
  'folder:1',
];
const relationNames = ['a', 'b', 'c', 'm', 'n', 'blocked'];

function crowdedWorld(
  of: Model,
  seeds: readonly { readonly on: number; readonly relation: number; readonly by: number }[],
  parents: readonly number[],
) {
  const links = objects.flatMap((on, index) => {
    const to = (parents[index] ?? 0) % 4;
    return on.type === 'group' || to === 0 ? [] : [`${formatObjectRef(on)}#parent@folder:${to}`];
  });
  const grants = seeds.map(
    ({ on, relation, by }) =>
      `${formatObjectRef(objects[on] ?? object('doc:1'))}#${relationNames[relation]}@${subjectTexts[by]}`,
  );
  return [...new Set([...links, ...grants])]
    .map((text) => relationship(text))
    .filter((one) => validateRelationship(of, one).ok);
}

test(`what is found in ${runs} crowded worlds is what asking everybody about everything finds`, {
  timeout: 3_600_000,
}, async () => {
  const of = model(crowded);
  await scratch.empty();
  await publish(scratch.postern, crowded);
  let before: readonly Relationship[] = [];
  await fc.assert(
    fc.asyncProperty(
      fc.array(written, { minLength: 20, maxLength: 60, size: 'max' }),
      fc.array(fc.nat(3), { minLength: 9, maxLength: 9 }),
      async (seeds, parents) => {
        const stored = crowdedWorld(of, seeds, parents);
        const state = new Naive(of, stored);
        fc.pre(stored.length > 0 && !isOpen(of, state));
        if (before.length > 0) await write(scratch.postern, [], before);
        before = [];
        await write(scratch.postern, stored);
        before = stored;
        await expectFindings({ ...scratch.postern, toxicPairs: pairs }, of, stored, state);
      },
    ),
    { numRuns: runs, endOnFailure: true },
  );
  process.stdout.write(`${runs} searches: ${JSON.stringify(seen)}\n`);
  if (isLong) expect(Math.min(seen.redundant, seen.outsiders, seen.climbers, seen.toxic)).toBeGreaterThan(0);
});

/** Whether somebody may give nothing but what everybody of its type may. */
function isCoveredOnly(of: Model, scope: readonly ObjectRef[], state: Naive, by: SubjectRef): boolean {
  const type = formatSubjectRef(by).split(':')[0];
  const stranger = strangers.find((one) => formatSubjectRef(one).startsWith(`${type}:`));
  return scope.every((on) =>
    permissionsOn(of, on).every((relation) => {
      const isRight = relationsGrantedBy(of, relation).length > 0 && state.decide(by, relation.name, on) === 'allowed';
      return !isRight || (stranger !== undefined && state.decide(stranger, relation.name, on) === 'allowed');
    }),
  );
}
