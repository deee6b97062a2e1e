import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/base/canonical-json.ts';
import { check } from '../../src/engine/check/check.ts';
import { makeObjectRef } from '../../src/model/object-ref.ts';
import { formatRelationship } from '../../src/model/relationship.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { revokeRole } from '../../src/operations/roles/revoke-role.ts';
import { useDatabase } from '../support/database.ts';
import { outcomeOf } from '../support/decide.ts';
import { dsl, object, check as parseCheck, relationship } from '../support/parse.ts';
import { playsCitus } from '../support/play-citus.ts';
import { done, operator, publish, relationships, usePostern, write, writing } from '../support/postern.ts';

const statements: string[] = [];
const postern = usePostern(useDatabase(), { onStatement: (text) => statements.push(text) });

beforeAll(async () => {
  const late = '(hour: int, more: map<string>) {\n  hour > 17\n}';
  const types = {
    user: {},
    team: { member: '[user]' },
    doc: { viewer: '[user, user:*, user with late, team#member]' },
  };
  await publish(postern(), dsl(types, { late }));
});

async function ask(...texts: readonly string[]): Promise<readonly string[]> {
  const checks = texts.map((text) => parseCheck(text));
  const { decisions } = await check(postern().store.reader, { checks, contextual: [] });
  return decisions.map(outcomeOf);
}

async function stored(of: string) {
  const page = await postern().store.readRelationships({ object: object(of) }, 100, undefined);
  return page.relationships.map((one) => one.relationship);
}

describe('ids are kept to the letter', () => {
  const long = 'x'.repeat(255);

  /** Every one beside one that something less careful would take for the same. */
  test.each<[id: string, other: string]>([
    ['Ann', 'ann'],
    ['straße', 'strasse'],
    ['ﬁle', 'file'],
    ['İ', 'i'],
    ['café', 'cafe'],
    ['1', '01'],
    ['a%', 'ab'],
    ['a_', 'ab'],
    ['*a', 'a'],
    ["o'neil", 'o"neil'],
    ['a\\', 'a\\\\'],
    ['{a,b}', 'a,b'],
    ['NULL', 'null'],
    ['"', '""'],
    ['__proto__', 'constructor'],
    ['toString', 'valueOf'],
    ['\u{1f3b5}', '\u{1f3b6}'],
    ['\u{10ffff}', '\uffff'],
    ['a@b', 'b@a'],
    [`${long}a`, `${long}b`],
    ['é'.repeat(128), 'é'.repeat(127)],
  ])('%s is not %s', async (id, other) => {
    const written = [`doc:${id}#viewer@user:${id}`, `doc:${id}#viewer@team:${id}#member`];
    await write(postern(), written);
    expect(await ask(`doc:${id}#viewer@user:${id}`, `doc:${id}#viewer@team:${id}#member`)).toEqual([
      'allowed',
      'allowed',
    ]);
    const mistaken = [
      `doc:${other}#viewer@user:${id}`,
      `doc:${id}#viewer@user:${other}`,
      `doc:${other}#viewer@user:${other}`,
    ];
    expect(await ask(...mistaken)).toEqual(['denied', 'denied', 'denied']);
    expect((await stored(`doc:${id}`)).map(formatRelationship).toSorted()).toEqual(written.toSorted());
    await write(postern(), [], written);
    expect(await stored(`doc:${id}`)).toEqual([]);
  });

  test('whatever the grammar takes', async () => {
    const ids = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((id) => makeObjectRef('doc', id).ok);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(ids, { minLength: 2, maxLength: 20 }), async (list) => {
        const written = list.map((id) => `doc:property#viewer@user:${id}`);
        await write(postern(), written);
        const found = (await stored('doc:property')).map(formatRelationship);
        await write(postern(), [], written);
        expect(found.toSorted()).toEqual(written.toSorted());
      }),
      { numRuns: 40 },
    );
  });
});

test('conditions, contexts and instants come back as they were written', async () => {
  const context: Readonly<Record<string, unknown>> = JSON.parse(
    '{ "hour": 18, "more": { "__proto__": "é", "a": "\\"" } }',
  );
  const expiresAt = new Date('2100-02-03T04:05:06.789Z');
  const written = relationship('doc:kept#viewer@user:ann', { condition: ['late', context], expiresAt });
  await write(postern(), [written]);
  const [found] = await stored('doc:kept');
  expect(found).toMatchObject({ ...written, createdBy: undefined });
  expect(canonicalJson([...(found?.condition?.context ?? [])])).toBe(canonicalJson(Object.entries(context)));
});

describe('a relationship that has expired', () => {
  const past = new Date('2020-01-01T00:00:00Z');
  const future = new Date('2100-01-01T00:00:00Z');
  const text = 'doc:old#viewer@user:ann';
  const role = (expiresAt?: Date) => ({
    relationship: relationship(text, expiresAt && { expiresAt }),
    reason: undefined,
    idempotency: undefined,
  });

  test('is neither read, nor there to be deleted, nor in the way', async () => {
    await write(postern(), [relationship(text, { expiresAt: past })]);
    expect(await ask(text)).toEqual(['denied']);
    expect(await stored('doc:old')).toEqual([]);
    expect(await revokeRole(postern(), operator, role())).toMatchObject({
      problem: { errors: [{ code: 'NOT_FOUND', message: `There is no relationship "${text}".` }] },
    });
    done(await grantRole(postern(), operator, role(future)));
    expect(await ask(text)).toEqual(['allowed']);
    expect(await stored('doc:old')).toMatchObject([{ expiresAt: future }]);
    expect(await grantRole(postern(), operator, role(future))).toMatchObject({
      problem: { errors: [{ code: 'ALREADY_EXISTS' }] },
    });
  });

  test('is replaced with all that it had', async () => {
    const before = relationship('doc:old#viewer@user:ben', { condition: ['late', { hour: 18 }], expiresAt: past });
    await write(postern(), [before]);
    await write(postern(), ['doc:old#viewer@user:ben']);
    const [replaced] = (await stored('doc:old')).filter((one) => formatRelationship(one).endsWith('ben'));
    expect(replaced).toMatchObject({ condition: undefined, expiresAt: undefined });
  });

  test('cannot be granted', async () => {
    const message =
      'The grant would have expired already, on "2020-01-01T00:00:00.000Z". Next: give a time to come, or leave it out.';
    expect(await grantRole(postern(), operator, role(past))).toMatchObject({
      problem: { errors: [{ code: 'INVALID_INPUT', message }] },
    });
  });
});

// On several servers they are written in pieces.
test.runIf(!playsCitus)('1,000 relationships are written and deleted with as many statements as 30', async () => {
  const some = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => `doc:${name}${index}#viewer@user:${index % 7}`);
  // Of a few, those who are named are looked up together with the right.
  const [few, many] = [some('few', 30), some('', 1000)];
  const count = async (run: () => Promise<unknown>) => {
    statements.length = 0;
    await run();
    return statements.length;
  };
  await write(postern(), ['doc:warm#viewer@user:up'], []);
  await write(postern(), [], ['doc:warm#viewer@user:up']);
  const writesFew = await count(() => write(postern(), few));
  expect(await count(() => write(postern(), many))).toBe(writesFew);
  expect(await ask('doc:999#viewer@user:5', 'doc:999#viewer@user:6')).toEqual(['allowed', 'denied']);
  const deletesFew = await count(() => write(postern(), [], few));
  expect(await count(() => write(postern(), [], many))).toBe(deletesFew);
  expect(await stored('doc:999')).toEqual([]);
});

test('a batch that is half there is written by halves', async () => {
  const all = Array.from({ length: 10 }, (_, index) => `doc:half#viewer@user:${index}`);
  await write(postern(), all.slice(0, 5));
  const input = writing(all, [], { onDuplicate: 'IGNORE' });
  expect(done(await writeRelationships(postern(), operator, input)).outcome).toEqual({ written: 5, deleted: 0 });
  expect(relationships(all).map(formatRelationship)).toEqual(
    (await stored('doc:half')).map(formatRelationship).toSorted(),
  );
});
