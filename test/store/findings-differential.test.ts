import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { findContainedObjects } from '../../src/engine/review/find-contained-objects.ts';
import type { Model } from '../../src/model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../src/model/object-ref.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { emptyContext, formatRelationship, type Relationship } from '../../src/model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../src/model/subject-ref.ts';
import type { ToxicPair } from '../../src/model/toxic-pair.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import { relationsGrantedBy } from '../../src/operations/findings/escalations.ts';
import { type Simulation, simulateChange } from '../../src/operations/findings/simulate-change.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { type Level, referenceCheck } from '../reference/reference-check.ts';
import { model, object, subject } from '../support/parse.ts';
import { done, operator, publish, write } from '../support/postern.ts';
import { admittingAll, randomModels, relationsOf } from '../support/random-model.ts';
import { randomWorlds } from '../support/random-world.ts';
import { useScratchPostern } from '../support/scratch-postern.ts';

/**
 * What findings and simulations say, held against what somebody finds who asks the reference evaluator about everybody and everything.
 * `npm run fuzz:findings` makes more worlds.
 */
const runs = Number(process.env.TEST_FINDINGS ?? 15);

const objects = ['group', 'folder', 'doc'].flatMap((type) => ['1', '2', '3'].map((id) => object(`${type}:${id}`)));
const named = ['user', 'bot', 'group', 'folder', 'doc'].flatMap((type) =>
  ['1', '2', '3'].map((id) => subject(`${type}:${id}`)),
);
const strangers = ['user', 'bot', 'group', 'folder', 'doc'].map((type) => subject(`${type}:unwritten`));

const scratch = useScratchPostern((message, error) => {
  throw new Error(message, { cause: error });
}, 60_000);

/** The same model with a permission for every relation, and rights to give some of them. */
function withPermissions(dsl: string): string {
  const rights: Readonly<Record<string, string>> = {
    group: 'define can_grant_m: n\n    define can_manage_access: m',
    folder: 'define can_grant_a: b\n    define can_manage_access: a',
    doc: 'define can_grant_a: c\n    define can_grant_b: a\n    define can_manage_access: b',
  };
  return Object.entries(relationsOf).reduce((text, [type, names]) => {
    const lines = names.map((name) => `    define can_${name}: ${name}\n`).join('');
    return text.replace(`type ${type}\n  relations\n`, `type ${type}\n  relations\n${lines}    ${rights[type]}\n`);
  }, dsl);
}

const pairs: readonly ToxicPair[] = [
  { first: { type: 'doc', permission: 'can_a' }, second: { type: 'doc', permission: 'can_b' }, scope: 'object' },
  { first: { type: 'folder', permission: 'can_a' }, second: { type: 'doc', permission: 'can_c' }, scope: 'anywhere' },
];

type Outcome = 'allowed' | 'denied' | 'undecided';
const outcomes: readonly Outcome[] = ['denied', 'undecided', 'allowed'];

/** One state, asked one question at a time by the reference. Undefined where even that leaves it open. */
class Naive {
  readonly #model: Model;
  readonly #stored: readonly Relationship[];
  readonly #known = new Map<string, Outcome | undefined>();
  readonly #now = new Date();

  constructor(of: Model, stored: readonly Relationship[]) {
    this.#model = of;
    this.#stored = stored;
  }

  decide(by: SubjectRef, permission: string, on: ObjectRef): Outcome | undefined {
    const key = JSON.stringify([formatSubjectRef(by), permission, formatObjectRef(on)]);
    if (!this.#known.has(key)) this.#known.set(key, this.#ask(by, permission, on));
    return this.#known.get(key);
  }

  #ask(by: SubjectRef, relation: string, on: ObjectRef): Outcome | undefined {
    const world = { model: this.#model, stored: this.#stored, contextual: [], now: this.#now };
    const { least, most } = referenceCheck(world, { subject: by, relation, object: on, context: emptyContext });
    return least === most ? outcomes[least satisfies Level] : undefined;
  }
}

/** A world in the store, and what is in it. */
async function store(of: Model, dsl: string, stored: readonly Relationship[]): Promise<Postern> {
  await scratch.empty();
  await publish(scratch.postern, withPermissions(admittingAll));
  await write(scratch.postern, stored);
  await publish(scratch.postern, dsl);
  expect(of.types.size).toBeGreaterThan(0);
  return { ...scratch.postern, toxicPairs: pairs };
}

let admitting: Model;
beforeAll(() => {
  admitting = model(withPermissions(admittingAll));
});

const permissionsOn = (of: Model, { type }: ObjectRef) =>
  [...(of.types.get(type)?.relations.values() ?? [])].filter(({ name }) => name.startsWith('can_'));

const byName = (list: readonly Relationship[]) => new Map(list.map((one) => [formatRelationship(one), one]));

/** What the runs came across, so that a test that meets nothing is noticed. */
const seen = { gained: 0, lost: 0, becameUndecided: 0, escalations: 0, pairs: 0 };

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

function expectSimulation(
  found: Simulation,
  of: Model,
  scope: readonly ObjectRef[],
  [before, after]: readonly [Naive, Naive],
): void {
  expect(found.notExamined.filter((line) => !line.startsWith('Of somebody'))).toEqual([]);
  const kinds = { gained: [] as Answer[], lost: [] as Answer[], becameUndecided: [] as Answer[] };
  const rights: Answer[] = [];
  for (const on of scope) {
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
  expectPairs(found, scope, [before, after]);
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
        const dsl = withPermissions(world.dsl);
        fc.pre(parseModel({ kind: 'dsl', dsl }).ok);
        const of = model(dsl);
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
        const postern = await store(of, dsl, stored);
        const within = isWide ? object('folder:1') : undefined;
        const found = done(await simulateChange(postern, operator, { change: { writes, deletes }, within }));
        const roots = [...(within ? [within] : []), ...[...writes, ...deletes].map(({ object: on }) => on)];
        const scope = await postern.store.reader.withSnapshot(roots, async (snapshot) => {
          const contained = [];
          for (const root of roots) contained.push(...(await findContainedObjects(snapshot, root, 10_000)).objects);
          return [...new Map(contained.map((one) => [formatObjectRef(one), one])).values()];
        });
        expectSimulation(found, of, scope, states);
        // Nothing was written.
        const again = done(await simulateChange(postern, operator, { change: { writes, deletes }, within }));
        expect(again).toEqual(found);
      },
    ),
    { numRuns: runs },
  );
  process.stdout.write(`${runs} simulations: ${JSON.stringify(seen)}\n`);
  expect(seen.gained + seen.lost).toBeGreaterThan(0);
});
