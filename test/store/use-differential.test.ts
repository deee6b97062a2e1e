import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { zip } from '../../src/base/zip.ts';
import { findContainedObjects } from '../../src/engine/review/find-contained-objects.ts';
import type { Model } from '../../src/model/model.ts';
import type { ObjectRef } from '../../src/model/object-ref.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { emptyContext, formatRelationship, type Relationship } from '../../src/model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../src/model/subject-ref.ts';
import { findTakingRelations } from '../../src/model/taking-relations.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import { checkPermissions } from '../../src/operations/access/check-permissions.ts';
import { checkViewer } from '../../src/operations/access/check-viewer.ts';
import type { Viewer } from '../../src/operations/actor.ts';
import type { FindingKind } from '../../src/operations/findings/access-finding.ts';
import { listFindings } from '../../src/operations/findings/list-findings.ts';
import { UseCounter } from '../../src/operations/uses/use-counter.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { grantsOn, Naive, named, objects, permissionsOn, strangers, withPermissions } from '../support/naive-world.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { model, object } from '../support/parse.ts';
import { done, operator, publish, signedIn, write } from '../support/postern.ts';
import { admittingAll, randomModels } from '../support/random-model.ts';
import { randomWorlds } from '../support/random-world.ts';
import { useScratchPostern } from '../support/scratch-postern.ts';

/**
 * What is said to be unused, held against what everybody would have been answered without it, by the reference evaluator.
 * `npm run fuzz:findings` makes more worlds.
 */
const runs = Number(process.env.TEST_FINDINGS ?? 10);

const scratch = useScratchPostern((message, error) => {
  throw new Error(message, { cause: error });
}, 60_000);

let admitting: Model;
let owner: Sql;
beforeAll(() => {
  admitting = model(withPermissions(admittingAll));
  owner = connectAsOwner(scratch.url, 1);
});
afterAll(() => owner.end());

interface Enforced {
  readonly by: SubjectRef;
  readonly permission: string;
  readonly on: ObjectRef;
}

/** Asks them at one door or the other, counts, and returns those that are allowed. */
async function enforce(asked: readonly Enforced[], isAtOnce: boolean): Promise<readonly Enforced[]> {
  const counter = new UseCounter({ log: scratch.postern.store.uses, report: scratch.postern.report });
  const server = await scratch.postern.store.uses.join(true);
  if (server === undefined) throw new Error('A server that counts has a number.');
  const postern = { ...scratch.postern, onEnforced: counter.note };
  const decided: (readonly [Enforced, string])[] = [];
  for (const [name, some] of Map.groupBy(asked, ({ by }) => formatSubjectRef(by))) {
    if (isAtOnce) {
      const checks = some.map(({ permission, on }) => ({ permission, object: on }));
      const decisions = await checkViewer(postern, signedIn(name) as Viewer, checks);
      decided.push(
        ...zip(
          some,
          decisions.map(({ kind }) => kind),
        ),
      );
    } else {
      const checks = some.map(({ by, permission, on }) => ({ subject: by, relation: permission, object: on, context: emptyContext })); // biome-ignore format: one
      const { decisions } = done(
        await checkPermissions(postern, operator, { checks, contextual: [], modelId: undefined }),
      );
      decided.push(
        ...zip(
          some,
          decisions.map(({ kind }) => kind),
        ),
      );
    }
  }
  await counter.tell(server);
  return decided.flatMap(([one, kind]) => (kind === 'allowed' ? [one] : []));
}

/** All of it happened a month ago, but for the uses. */
async function letTimePass(): Promise<void> {
  await owner`update use_server set started_at = started_at - interval '30 days'`;
  await owner`update relationship set created_at = created_at - interval '30 days'`;
}

const seen = { unused: 0, used: 0, dormant: 0, awake: 0, allowed: 0 };

async function expectUse(
  of: Model,
  stored: readonly Relationship[],
  allowed: readonly Enforced[],
  container: ObjectRef,
): Promise<void> {
  const question = {
    object: container,
    includeContained: true,
    insiders: undefined,
    steps: 3,
    days: 7,
    first: 100,
    after: undefined,
  };
  const ask = async (kind: FindingKind) =>
    done(await listFindings(scratch.postern, operator, { ...question, kinds: [kind] }));
  const scope = await scratch.postern.store.reader.withSnapshot(
    [container],
    async (snapshot) => (await findContainedObjects(snapshot, container, 10_000)).objects,
  );
  const taking = findTakingRelations(of);
  const isTaking = ({ object: on, relation }: Relationship) => {
    const found = of.types.get(on.type)?.relations.get(relation);
    return found !== undefined && taking.has(found);
  };
  const grants = grantsOn(of, scope, stored);
  const page = await ask('unusedGrant');
  expect(page.notExamined.filter((line) => !/^Not everything that belongs|taken away/.test(line))).toEqual([]);
  const unused = new Set(page.findings.flatMap(({ relationships }) => relationships.map(formatRelationship)));
  const examined = grants.filter((one) => !isTaking(one)).map(formatRelationship);
  expect([...unused].filter((text) => !examined.includes(text))).toEqual([]);
  seen.unused += unused.size;
  seen.used += examined.length - unused.size;
  seen.allowed += allowed.length;
  const isAllowed = (state: Naive) => allowed.every(({ by, permission, on }) => state.decide(by, permission, on) === 'allowed'); // biome-ignore format: one
  const without = (gone: (text: string) => boolean) => new Naive(of, stored.filter((one) => !gone(formatRelationship(one)))); // biome-ignore format: one
  // Without any of them, everything that was enforced would have been allowed all the same; and without all of them as well, as what
  // was used carries all of it.
  for (const text of unused) expect([text, isAllowed(without((one) => one === text))]).toEqual([text, true]);
  expect(isAllowed(without((one) => unused.has(one)))).toBe(true);
  // What something hung on is never among them.
  const needed = examined.filter((text) => !isAllowed(without((one) => one === text)));
  expect(needed.filter((text) => unused.has(text))).toEqual([]);

  const awake = new Set(allowed.map(({ by }) => formatSubjectRef(by)));
  const holders = new Set(grants.flatMap(({ subject: by }) => (by.kind === 'object' ? [formatSubjectRef(by)] : [])));
  const dormant = (await ask('dormantSubject')).findings.map(({ subject: by }) => by && formatSubjectRef(by));
  expect(dormant.toSorted()).toEqual([...holders].filter((name) => !awake.has(name)).toSorted());
  seen.dormant += dormant.length;
  seen.awake += holders.size - dormant.length;
}

test(`what is unused in ${runs} worlds is what nobody would have missed`, { timeout: 3_600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      randomWorlds(randomModels),
      fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 30 }),
      fc.boolean(),
      async (world, dice, isAtOnce) => {
        const text = withPermissions(world.dsl);
        fc.pre(parseModel({ kind: 'dsl', dsl: text }).ok);
        const of = model(text);
        const stored = world.stored.filter((one) => validateRelationship(admitting, one).ok);
        const state = new Naive(of, stored);
        const isOpen = [...named, ...strangers].some((by) =>
          objects.some((on) => permissionsOn(of, on).some(({ name }) => state.decide(by, name, on) === undefined)),
        );
        fc.pre(!isOpen);
        await scratch.empty();
        await publish(scratch.postern, withPermissions(admittingAll));
        await write(scratch.postern, stored);
        await publish(scratch.postern, text);
        const all = named.flatMap((by) =>
          objects.flatMap((on) => permissionsOn(of, on).map(({ name }): Enforced => ({ by, on, permission: name }))),
        );
        const held = all.filter(({ by, permission, on }) => state.decide(by, permission, on) === 'allowed');
        const asked = dice.flatMap(([a, b]) => {
          const some = a % 3 === 0 || held.length === 0 ? all : held;
          return some[b % some.length] ?? [];
        });
        const allowed = await enforce(asked, isAtOnce);
        expect(allowed.every(({ by, permission, on }) => state.decide(by, permission, on) === 'allowed')).toBe(true);
        await letTimePass();
        for (const name of ['folder:1', 'group:1', 'doc:1']) await expectUse(of, stored, allowed, object(name));
      },
    ),
    { numRuns: runs, endOnFailure: true },
  );
  process.stdout.write(`${runs} worlds: ${JSON.stringify(seen)}\n`);
  if (runs >= 100) expect(Math.min(seen.unused, seen.used, seen.dormant, seen.awake)).toBeGreaterThan(0);
});
