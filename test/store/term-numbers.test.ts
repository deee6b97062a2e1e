import { expect, test } from 'vitest';
import type { Postern } from '../../src/operations/postern.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { remarkPlans } from '../support/count-rows.ts';
import { useDatabase } from '../support/database.ts';
import { databaseCounters } from '../support/growth.ts';
import { localParser } from '../support/local-parser.ts';
import { openStore } from '../support/open-store.ts';
import { dsl, object } from '../support/parse.ts';
import { done, operator, publish, write, writing } from '../support/postern.ts';

const database = useDatabase();

/** A document, and as many types beside it as are asked for, each with a relation of its own. */
const model = (others: number) =>
  dsl({
    user: {},
    doc: { viewer: '[user]' },
    ...Object.fromEntries(Array.from({ length: others }, (_, index) => [`t${index}`, { [`r${index}`]: '[user]' }])),
  });

test('a write reads the names that it has, however many models had', async () => {
  await remarkPlans(database());
  const counters = databaseCounters();
  const { onStatement, onNotice } = counters;
  const store = openStore(
    database(),
    { connections: 2, statementTimeoutMs: 20_000, onStatement, onNotice },
    localParser,
  );
  const postern: Postern = { store, platform: object('platform:main'), report: () => {} };
  const rowsOfWrite = async (id: string) => {
    // What is read once for a model is read here.
    await write(postern, [`doc:${id}-first#viewer@user:ann`]);
    counters.take();
    done(await writeRelationships(postern, operator, writing([`doc:${id}#viewer@user:ann`])));
    return counters.take();
  };
  await publish(postern, model(1));
  const few = await rowsOfWrite('few');
  await publish(postern, model(500));
  expect(await rowsOfWrite('many')).toEqual(few);
  expect(few.rows).toBeGreaterThan(0);
  await store.close();
});
