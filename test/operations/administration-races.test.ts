import { beforeAll, describe, expect, test } from 'vitest';
import type { Postern } from '../../src/operations/postern.ts';
import { useDatabase } from '../support/database.ts';
import { acts, farAway, firm } from '../support/firm.ts';
import { object, relationship } from '../support/parse.ts';
import { publish, signedIn, usePostern, write } from '../support/postern.ts';

const postern: () => Postern = usePostern(useDatabase(), { connections: 16 });
const { grant, revoke, limit, transfer, offboard, write: writeAs } = acts(postern);
const ops = signedIn('service:ops');
const ann = signedIn('user:ann');
const ben = signedIn('user:ben');

beforeAll(async () => {
  await publish(postern(), firm);
  await write(postern(), ['platform:main#operator@service:ops']);
});

interface Outcome {
  readonly ok: boolean;
}

/** What each of two owners may do at the same time to be rid of the other, or of themselves. */
const ways: readonly [what: string, first: (f: string) => Promise<Outcome>, second: (f: string) => Promise<Outcome>][] =
  [
    ['each removes the other', (f) => revoke(ann, `${f}#owner@user:ben`), (f) => revoke(ben, `${f}#owner@user:ann`)],
    ['both leave', (f) => revoke(ann, `${f}#owner@user:ann`), (f) => revoke(ben, `${f}#owner@user:ben`)],
    [
      'one is removed, one gets an end',
      (f) => revoke(ann, `${f}#owner@user:ben`),
      (f) => limit(ben, `${f}#owner@user:ann`, farAway),
    ],
    ['each blocks the other', (f) => grant(ann, `${f}#blocked@user:ben`), (f) => grant(ben, `${f}#blocked@user:ann`)],
    ['one is removed, one is off-boarded', (f) => revoke(ben, `${f}#owner@user:ann`), () => offboard(ops, 'user:ben')],
    ['both are off-boarded', () => offboard(ops, 'user:ann'), () => offboard(ops, 'user:ben')],
    [
      'one is removed, one is deleted',
      (f) => revoke(ann, `${f}#owner@user:ben`),
      (f) => writeAs(ops, [], [`${f}#owner@user:ann`]),
    ],
    [
      'one is blocked, one hands over to the other',
      (f) => grant(ann, `${f}#blocked@user:zoe`),
      (f) => transfer(ben, `${f}#owner@user:ben`, 'user:zoe'),
    ],
    [
      'one is deleted, one gets an end',
      (f) => writeAs(ops, [], [`${f}#owner@user:ben`]),
      (f) => limit(ann, `${f}#owner@user:ann`, farAway),
    ],
    ['one is off-boarded, one is blocked', () => offboard(ops, 'user:ann'), (f) => grant(ann, `${f}#blocked@user:ben`)],
  ];
const roundsOfEach = Number(process.env.TEST_RACES ?? 25);

/** Those who are owners for good, by what is stored alone. */
async function permanentOwners(text: string): Promise<readonly string[]> {
  const { relationships } = await postern().store.readRelationships({ object: object(text) }, 100, undefined);
  const of = (relation: string) =>
    relationships.flatMap(({ relationship: { relation: own, subject, expiresAt, condition } }) =>
      own === relation && subject.kind === 'object' && !expiresAt && !condition ? [subject.object.id as string] : [],
    );
  const blocked = of('blocked');
  return of('owner').filter((id) => !blocked.includes(id));
}

test(`${ways.length * roundsOfEach} races of two owners leave one`, async () => {
  let refusals = 0;
  for (const [index, [what, first, second]] of ways.entries()) {
    for (let round = 0; round < roundsOfEach; round++) {
      const name = `firm:race-${index}-${round}`;
      await write(postern(), [`${name}#owner@user:ann`, `${name}#owner@user:ben`]);
      const starts = round % 2 === 0 ? [first, second] : [second, first];
      const outcomes = await Promise.all(starts.map((start) => start(name)));
      const left = await permanentOwners(name);
      expect([what, round, left.length], `${what}, round ${round}`).toEqual([what, round, Math.max(1, left.length)]);
      refusals += outcomes.filter(({ ok }) => !ok).length;
      // Off-boarding goes through everything that is left of a person.
      const all = await postern().store.readRelationships({ object: object(name) }, 100, undefined);
      await write(
        postern(),
        [],
        all.relationships.map(({ relationship: one }) => one),
      );
    }
  }
  expect(refusals).toBeGreaterThan(roundsOfEach * 5);
}, 60_000);

describe('a right that was revoked before does not count', () => {
  const lanes = 4;
  const rounds = 5 * roundsOfEach;

  test(`${lanes * rounds} races: no grant has a later revision than the end of the right`, async () => {
    let granted = 0;
    let refused = 0;
    const run = async (lane: number) => {
      const name = `firm:rights-${lane}`;
      await write(postern(), [`${name}#owner@user:ann`]);
      for (let round = 0; round < rounds; round++) {
        const right = `${name}#admin@user:adam`;
        await write(postern(), [right]);
        const act = () => grant(signedIn('user:adam'), `${name}#member@user:m${round}`);
        const early = round % 2 === 0 ? act() : undefined;
        const revoking = revoke(ann, right);
        const [outcome, end] = await Promise.all([early ?? act(), revoking]);
        if (!end.ok) throw new Error('The right was not revoked.');
        if (outcome.ok && outcome.value.token.revision > end.value.token.revision) throw new Error(`round ${round}`);
        if (!outcome.ok) expect(outcome.problem.kind).toBe('forbidden');
        granted += outcome.ok ? 1 : 0;
        refused += outcome.ok ? 0 : 1;
      }
    };
    await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));
    expect(granted + refused).toBe(lanes * rounds);
    // Both happen, or the races were none.
    expect(Math.min(granted, refused)).toBeGreaterThan((lanes * rounds) / 20);
  }, 60_000);
});

test('an extension that races the end of the grant never brings it back', async () => {
  await write(postern(), ['firm:late#owner@user:ann']);
  for (let round = 0; round < 30; round++) {
    const text = `firm:late#member@user:l${round}`;
    await write(postern(), [relationship(text, { expiresAt: farAway })]);
    const acts = [() => limit(ann, text, null), () => writeAs(ops, [], [text])];
    const [left, right] = await Promise.all((round % 2 === 0 ? acts : acts.toReversed()).map((act) => act()));
    expect(left?.ok || right?.ok).toBe(true);
    const filter = { object: object('firm:late'), relation: 'member' };
    expect((await postern().store.readRelationships(filter, 100, undefined)).relationships).toEqual([]);
  }
});
