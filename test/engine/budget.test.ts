import { expect, test } from 'vitest';
import { Turns } from '../../src/base/turns.ts';
import { checkInSnapshot, objectsOf } from '../../src/engine/check/check.ts';
import { Meter } from '../../src/engine/meter.ts';
import type { Snapshot } from '../../src/engine/ports.ts';
import { outcomeOf, prepare } from '../support/decide.ts';
import { MemoryEdges } from '../support/memory-edges.ts';
import { check, dsl, relationship } from '../support/parse.ts';

const text = dsl({ user: {}, group: { member: '[user, group#member]' }, doc: { viewer: '[user, group#member]' } });
const relationships = [
  ...Array.from({ length: 300 }, (_, index) => `doc:1#viewer@group:${index}#member`),
  ...Array.from({ length: 299 }, (_, index) => `group:${index + 1}#member@group:${index}#member`),
  'doc:2#viewer@user:ann',
].map((one) => relationship(one));

/** The outcomes of checks, with a meter of their own. */
async function askWith(meter: Meter, ...checks: readonly string[]): Promise<readonly string[]> {
  const request = { checks: checks.map((one) => check(one)), contextual: [] };
  const store = new MemoryEdges(prepare(text), relationships);
  const { decisions } = await store.withSnapshot(objectsOf(request), (snapshot: Snapshot) =>
    checkInSnapshot({ ...snapshot, meter }, request),
  );
  return decisions.map(outcomeOf);
}

const large = 'doc:1#viewer@user:ann';
const small = 'doc:2#viewer@user:ann';

test('the same question takes the same steps', async () => {
  const [first, second] = [new Meter(), new Meter()];
  await askWith(first, large);
  await askWith(second, large);
  expect(first.used).toBeGreaterThan(600);
  expect(second.used).toBe(first.used);
});

test('a question that takes more steps than it may is undecided, and neither allowed nor denied', async () => {
  const whole = new Meter();
  expect(await askWith(whole, large)).toEqual(['denied']);
  expect(await askWith(new Meter(whole.used), large)).toEqual(['denied']);
  expect(await askWith(new Meter(whole.used - 1), large)).toEqual(['RESOLUTION_TOO_COMPLEX']);
});

test('a batch is answered as a whole or not at all, in whatever order', async () => {
  for (const checks of [
    [small, large],
    [large, small],
  ]) {
    const whole = new Meter();
    await askWith(whole, ...checks);
    const refused = await askWith(new Meter(whole.used - 1), ...checks);
    expect(refused).toEqual(['RESOLUTION_TOO_COMPLEX', 'RESOLUTION_TOO_COMPLEX']);
  }
  expect(await askWith(new Meter(100), small)).toEqual(['allowed']);
});

test('whoever pays is told of every step', async () => {
  let paid = 0;
  const charge = (steps: number) => {
    paid += steps;
  };
  const meter = new Meter(1_000_000, { charge });
  await askWith(meter, large, small);
  expect(paid).toBe(meter.used);
});

test('others have their turn while a long question is worked on', async () => {
  const turn = new Meter(1_000_000, undefined, new Turns(0));
  let turns = 0;
  let isOver = false;
  const others = (): void => {
    turns += 1;
    if (!isOver) setImmediate(others);
  };
  setImmediate(others);
  await askWith(turn, large);
  isOver = true;
  expect(turns).toBeGreaterThan(2);
});
