import { expect, test } from 'vitest';
import { check } from '../../../src/engine/check/check.ts';
import { checkAtOnce } from '../../../src/engine/check/check-at-once.ts';
import type { ConditionName } from '../../../src/model/names.ts';
import type { Context } from '../../../src/model/relationship.ts';
import type { StoreReader } from '../../../src/store/store-reader.ts';
import { useDatabase } from '../../support/database.ts';
import { outcomeOf } from '../../support/decide.ts';
import { openReplica } from '../../support/open-replica.ts';
import { model, check as parseCheck, relationship } from '../../support/parse.ts';
import { change } from '../../support/replica-world.ts';

const databaseUrl = useDatabase();

const text = `model
  schema 1.1
type user
type team
  relations
    define member: [user]
type doc
  relations
    define viewer: [user with when, team#member with when]
condition when(x: int) {
  10 / x > 0
}`;

/** Teams in the order of their numbers, and those of them that come later than the replica's base. */
const cases = [[], ['a'], ['b'], ['c'], ['a', 'c'], ['a', 'b', 'c']];
const contexts: ReadonlyMap<string, Context> = new Map([
  ['a', new Map([['x', 0]])],
  ['b', new Map()],
  ['c', new Map([['x', 0]])],
]);

test.each(cases.map((late) => [late]))(
  'of several that cannot be decided the first says why, also where %j were written later',
  async (late) => {
    const { store, postgres, askedInstead } = openReplica(databaseUrl());
    try {
      const name = `d${late.join('')}`;
      const edge = (team: string) => ({
        ...relationship(`doc:${name}#viewer@team:${team}#member`),
        condition: { name: 'when' as ConditionName, context: contexts.get(team) ?? new Map() },
      });
      const teams = [...contexts.keys()];
      const members = teams.map((team) => relationship(`team:${team}#member@user:x`));
      await change(postgres, { model: { model: model(text), dsl: text }, writes: members });
      await change(postgres, { writes: teams.filter((team) => !late.includes(team)).map(edge) });
      await store.replica.whenLoaded();
      for (const team of late.toReversed()) await change(postgres, { writes: [edge(team)] });
      const asked = {
        checks: ['user:x', 'user:y'].map((user) => parseCheck(`doc:${name}#viewer@${user}`)),
        contextual: [],
      };
      const answers = (reader: StoreReader) =>
        Promise.all([check(reader, asked), checkAtOnce(reader, () => asked, { isWatched: () => false })]);
      const [ours, theirs] = await Promise.all([answers(store.reader), answers(postgres.reader)]);
      expect(ours.map((one) => one?.decisions.map(outcomeOf))).toEqual(
        theirs.map((one) => one?.decisions.map(outcomeOf)),
      );
      expect(askedInstead()).toBe(0);
    } finally {
      await store.close();
    }
  },
);
