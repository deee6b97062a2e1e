import { beforeAll, beforeEach, expect, test } from 'vitest';
import { createDecisionLoader, type DecisionLoader } from '../../src/graphql/decision-loader.ts';
import { usualConsistency } from '../../src/model/consistency.ts';
import type { ViewerCheck } from '../../src/operations/access/check-viewer.ts';
import type { Viewer } from '../../src/operations/actor.ts';
import { object } from '../support/parse.ts';
import { publish, signedIn, usePosternOn, write } from '../support/postern.ts';

const dsl = `
model
  schema 1.1
type user
type track
  relations
    define editor: [user]
    define can_edit: editor
    define can_view: editor
`;

const postern = usePosternOn('memory');
const ann = signedIn('user:ann') as Viewer;

/** How many checks each batch asked, and who waits for one to begin. */
let asked: number[];
let begun: () => void;
let loader: DecisionLoader;

beforeAll(async () => {
  await publish(postern(), dsl);
  await write(postern(), ['track:1#editor@user:ann']);
});

beforeEach(() => {
  asked = [];
  begun = () => undefined;
  const { store } = postern();
  const checkReader: typeof store.checkReader = (checks) => {
    asked.push(checks);
    begun();
    return store.checkReader(checks);
  };
  loader = createDecisionLoader({ ...postern(), store: { ...store, checkReader } }, ann, usualConsistency);
});

const check = (permission: string, id: string): ViewerCheck => ({ permission, object: object(`track:${id}`) });
const [one, other, third] = [check('can_edit', '1'), check('can_edit', '2'), check('can_view', '1')];

async function kindsOf(...checks: readonly ViewerCheck[]): Promise<readonly string[]> {
  return (await loader.loadAll(checks)).map(({ kind }) => kind);
}

test('what is asked in one turn is one batch, of each check once', async () => {
  const answers = await Promise.all([kindsOf(one, other), kindsOf(other, third, { ...one }), loader.load(one)]);
  expect(answers).toEqual([['allowed', 'denied'], ['denied', 'allowed', 'allowed'], { kind: 'allowed' }]);
  expect(asked).toEqual([3]);
});

test('what was decided is not asked again, also where all of it was', async () => {
  await loader.load(one);
  expect(await kindsOf(one, third)).toEqual(['allowed', 'allowed']);
  expect(await kindsOf(third, one)).toEqual(['allowed', 'allowed']);
  expect(asked).toEqual([1, 1]);
});

test('what is on its way is waited for', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  begun = resolve;
  const first = kindsOf(one, other);
  await promise;
  expect(await kindsOf(other, one)).toEqual(['denied', 'allowed']);
  expect(await first).toEqual(['allowed', 'denied']);
  expect(asked).toEqual([2]);
});

test('what was decided before a write is asked again after it', async () => {
  expect(await kindsOf(check('can_edit', '3'))).toEqual(['denied']);
  await write(postern(), ['track:3#editor@user:ann']);
  expect(await kindsOf(check('can_edit', '3'))).toEqual(['denied']);
  loader.forget();
  expect(await kindsOf(check('can_edit', '3'))).toEqual(['allowed']);
  expect(asked).toEqual([1, 1]);
});

test('nothing is asked about nothing', async () => {
  expect(await kindsOf()).toEqual([]);
  expect(asked).toEqual([]);
});

test('waits for lists that are still handed out', async () => {
  const items = loader.handOut(Array.from({ length: 250 }, (_, index) => check('can_edit', String(index))));
  const decided = await Promise.all(items.map(async (item) => loader.load(await item)));
  expect(decided.filter(({ kind }) => kind === 'allowed').length).toBeGreaterThan(0);
  expect(asked).toEqual([250]);
});
