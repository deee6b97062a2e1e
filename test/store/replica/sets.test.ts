import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkAtOnce } from '../../../src/engine/check/check-at-once.ts';
import { useDatabase } from '../../support/database.ts';
import { outcomeOf } from '../../support/decide.ts';
import { type OpenReplica, openReplica } from '../../support/open-replica.ts';
import { dsl, model, check as parseCheck, relationship } from '../../support/parse.ts';
import { change } from '../../support/replica-world.ts';

const databaseUrl = useDatabase();
const text = dsl({
  user: {},
  team: { lead: '[user]', member: '[user, team#member] or lead' },
  doc: { viewer: '[team#member]' },
});
let opened: OpenReplica;

beforeAll(async () => {
  opened = openReplica(databaseUrl());
  const writes = [
    'doc:1#viewer@team:outer#member',
    'team:outer#member@team:inner#member',
    'team:inner#member@user:ann',
    'team:inner#lead@user:bob',
  ].map((one) => relationship(one));
  await change(opened.postgres, { model: { model: model(text), dsl: text }, writes });
  await opened.store.replica.whenLoaded();
});

afterAll(() => opened.store.close());

// Nobody asks who is a member: it is needed only to know who is in the set.
test.each([
  { check: 'doc:1#viewer@user:ann', outcome: 'allowed' },
  { check: 'doc:1#viewer@user:bob', outcome: 'allowed' },
  { check: 'doc:1#viewer@user:cem', outcome: 'denied' },
])('who is in a set is found from memory also where only the set is asked for: $check', async ({ check, outcome }) => {
  const ask = () => ({ checks: [parseCheck(check)], contextual: [] });
  const answer = await checkAtOnce(opened.store.reader, ask, { isWatched: () => false });
  expect(answer?.decisions.map(outcomeOf)).toEqual([outcome]);
  expect(opened.askedInstead()).toBe(0);
});
