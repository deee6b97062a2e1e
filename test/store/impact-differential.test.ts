import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../../src/engine/check/check.ts';
import type { Difference } from '../../src/engine/impact/differences.ts';
import { prepareModel } from '../../src/engine/prepared-model.ts';
import type { Model } from '../../src/model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../src/model/object-ref.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { emptyContext, type Relationship } from '../../src/model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../src/model/subject-ref.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import { type ModelImpact, modelImpact } from '../../src/operations/models/model-impact.ts';
import { MemoryEdges } from '../support/memory-edges.ts';
import { model, object, subject } from '../support/parse.ts';
import { activate, done, operator, publish, write } from '../support/postern.ts';
import { admittingAll, randomModels, relationsOf } from '../support/random-model.ts';
import { randomWorlds } from '../support/random-world.ts';
import { useScratchPostern } from '../support/scratch-postern.ts';

const objects = ['group', 'folder', 'doc'].flatMap((type) => ['1', '2', '3'].map((id) => object(`${type}:${id}`)));
const plain = ['user', 'bot', 'group', 'folder', 'doc'].flatMap((type) =>
  ['1', '2', '3'].map((id) => subject(`${type}:${id}`)),
);
const wildcards = ['user', 'bot'].map((type) => subject(`${type}:*`));

const scratch = useScratchPostern((message, error) => {
  throw new Error(message, { cause: error });
}, 60_000);

/** The same model with a permission for every relation. */
function withPermissions(dsl: string): string {
  return Object.entries(relationsOf).reduce((text, [type, names]) => {
    const lines = names.map((name) => `    define can_${name}: ${name}\n`).join('');
    return text.replace(`type ${type}\n  relations\n`, `type ${type}\n  relations\n${lines}`);
  }, dsl);
}

/** The first model with some definitions of the second. */
function mix(first: string, second: string, coins: readonly boolean[]): string {
  const before = first.split('\n');
  const after = second.split('\n');
  const lines = before.map((line, index) => (coins[index % coins.length] ? (after[index] ?? line) : line));
  const end = lines.findIndex((line) => line.startsWith('condition'));
  const types = (end < 0 ? lines : lines.slice(0, end)).join('\n').trimEnd();
  const condition = '\ncondition when(x: int) {\n  10 / x > 0\n}';
  return `${types}${types.includes('with when') ? condition : ''}\n`;
}

type Kind = 'lost' | 'gained' | 'becameUndecided' | 'wasUndecided';
type Outcome = 'allowed' | 'denied' | 'undecided';

/** What the check says, asked one by one, of a store in memory. */
async function decideAll(of: Model, stored: readonly Relationship[], permission: string, on: ObjectRef) {
  const store = new MemoryEdges(prepareModel(of), stored);
  const outcomes = new Map<SubjectRef, Outcome>();
  for (const who of [...wildcards, ...plain]) {
    // Everybody is whoever is written nowhere.
    const asked = who.kind === 'wildcard' ? subject(`${who.type}:unwritten`) : who;
    const one = { subject: asked, relation: permission, object: on, context: emptyContext };
    const { decisions } = await check(store, { checks: [one], contextual: [] });
    outcomes.set(who, decisions[0]?.kind ?? 'undecided');
  }
  return outcomes;
}

function kindOf(before: Outcome | undefined, after: Outcome | undefined): Kind | undefined {
  if (before === 'undecided') return 'wasUndecided';
  if (after === 'undecided') return 'becameUndecided';
  if (before === after) return undefined;
  return before === 'allowed' ? 'lost' : 'gained';
}

/** Pairs of one kind, as brute force finds them. */
class Expected {
  readonly objects = new Set<string>();
  readonly everybodyOf = new Set<string>();
  /** Who must be counted, and who may be: whoever gets what everybody gets need not be known to the object by name. */
  readonly apart = new Set<string>();
  readonly all = new Set<string>();
  readonly pairs = new Set<string>();

  /** `found` has none of those who are named, and says the same of objects and of everybody. */
  assertFits(found: Difference): void {
    expect([found.objects, found.everybodyOf]).toEqual([this.objects.size, [...this.everybodyOf].toSorted()]);
    expect(found.subjects).toBeGreaterThanOrEqual(this.apart.size);
    expect(found.subjects).toBeLessThanOrEqual(this.all.size);
    const examples = found.examples.map((one) => `${formatSubjectRef(one.subject)} on ${formatObjectRef(one.object)}`);
    expect(examples.filter((one) => !this.pairs.has(one))).toEqual([]);
    expect(examples.length).toBeGreaterThanOrEqual(Math.min(5, this.apart.size + this.everybodyOf.size));
  }
}

async function bruteForce(before: Model, after: Model, stored: readonly Relationship[], type: string, name: string) {
  const expected: Record<Kind, Expected> = {
    lost: new Expected(),
    gained: new Expected(),
    becameUndecided: new Expected(),
    wasUndecided: new Expected(),
  };
  let changed = 0;
  for (const on of objects.filter((one) => one.type === type)) {
    const was = await decideAll(before, stored, name, on);
    const is = await decideAll(after, stored, name, on);
    const kindFor = (who: SubjectRef) => kindOf(was.get(who), is.get(who));
    for (const who of [...wildcards, ...plain]) {
      if (was.get(who) !== is.get(who)) changed += 1;
      const kind = kindFor(who);
      if (kind === undefined) continue;
      const found = expected[kind];
      found.objects.add(on.id);
      found.pairs.add(`${formatSubjectRef(who)} on ${formatObjectRef(on)}`);
      if (who.kind === 'wildcard') found.everybodyOf.add(who.type);
      if (who.kind !== 'object') continue;
      found.all.add(formatSubjectRef(who));
      const everybody = wildcards.find((one) => one.kind === 'wildcard' && one.type === who.object.type);
      if (everybody && kindFor(everybody) !== kind) found.apart.add(formatSubjectRef(who));
    }
  }
  return { expected, changed };
}

async function compare(impact: ModelImpact, before: Model, after: Model, stored: readonly Relationship[]) {
  expect(impact).toMatchObject({ isComplete: true, notCompared: [] });
  for (const [type, names] of Object.entries(relationsOf)) {
    for (const name of names.map((one) => `can_${one}`)) {
      const { expected, changed } = await bruteForce(before, after, stored, type, name);
      const found = impact.permissions.find((one) => one.type === type && one.permission === name);
      seen.permissions += 1;
      if (found === undefined) {
        seen.unaffected += 1;
        expect(changed).toBe(0);
        continue;
      }
      seen.changes += changed;
      for (const kind of ['lost', 'gained', 'becameUndecided', 'wasUndecided'] as const) {
        if (expected[kind].apart.size === expected[kind].all.size) seen.exact += 1;
        expected[kind].assertFits(found[kind]);
      }
    }
  }
  const live = stored.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > new Date());
  const ignored = live.filter((one) => validateRelationship(before, one).ok && !validateRelationship(after, one).ok);
  expect(impact.ignored.reduce((total, one) => total + one.count, 0)).toBe(ignored.length);
  seen.ignored += ignored.length;
}

/** What the runs came across, so that a test that meets nothing is noticed. */
const seen = { permissions: 0, unaffected: 0, changes: 0, exact: 0, ignored: 0 };

test('the impact of a model is what asking everybody about everything under both models finds', async () => {
  const everything = withPermissions(admittingAll);
  const admitting = model(everything);
  await fc.assert(
    fc.asyncProperty(
      randomWorlds(randomModels),
      randomModels,
      fc.array(fc.nat(4), { minLength: 7, maxLength: 17 }),
      fc.boolean(),
      async (world, other, dice, isPublished) => {
        const texts = [
          world.dsl,
          mix(
            world.dsl,
            other.dsl,
            dice.map((one) => one === 0),
          ),
        ].map(withPermissions);
        const [before = '', after = ''] = texts;
        fc.pre(texts.every((dsl) => parseModel({ kind: 'dsl', dsl }).ok));
        await scratch.empty();
        await publish(scratch.postern, everything);
        const stored = world.stored.filter((one) => validateRelationship(admitting, one).ok);
        await write(scratch.postern, stored);
        const to = isPublished ? await publish(scratch.postern, after) : model(after);
        await activate(scratch.postern, await publish(scratch.postern, before));
        const impact = done(await modelImpact(scratch.postern, operator, { from: undefined, to }));
        if (impact === undefined) throw new Error('A model is active.');
        await compare(impact, model(before), model(after), stored);
      },
    ),
    { numRuns: Number(process.env.RUNS ?? 60) },
  );
  if (process.env.RUNS !== undefined) console.log(JSON.stringify(seen));
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
}, 240_000);
