import { afterAll, beforeAll, expect, test } from 'vitest';
import { check } from '../../src/engine/check/check.ts';
import { useDatabase } from '../support/database.ts';
import { outcomeOf } from '../support/decide.ts';
import { localParser } from '../support/local-parser.ts';
import { openStore, type PostgresStore } from '../support/open-store.ts';
import { dsl, check as parseCheck } from '../support/parse.ts';
import { publish, usePostern, write } from '../support/postern.ts';
import { startTlsProxy, type TlsProxy } from '../support/tls-proxy.ts';

const database = useDatabase();
const postern = usePostern(database);
let way: TlsProxy;
let store: PostgresStore;

beforeAll(async () => {
  await publish(postern(), dsl({ user: {}, doc: { viewer: '[user]' } }));
  await write(postern(), ['doc:1#viewer@user:ann']);
  way = await startTlsProxy(database());
  // A single session: as long as it is not given up, nobody else is answered.
  store = openStore(way.url, { connections: 1, statementTimeoutMs: 200 }, localParser);
});

afterAll(async () => {
  await store.close();
  await way[Symbol.asyncDispose]();
});

async function ask(): Promise<readonly string[]> {
  const { decisions } = await check(store.reader, { checks: [parseCheck('doc:1#viewer@user:ann')], contextual: [] });
  return decisions.map(outcomeOf);
}

test('an encrypted session that says nothing any more is given up, and its place is somebody else’s', async () => {
  await expect.poll(ask, { timeout: 20_000 }).toEqual(['allowed']);
  way.silence();
  await expect(ask()).rejects.toThrow(/took longer|time .* is over|lost/);
  expect(store.pools.questions.use).toMatchObject({ used: 1 });
  await expect.poll(() => ask().catch(() => undefined), { timeout: 20_000 }).toEqual(['allowed']);
  expect(store.pools.questions.use).toMatchObject({ used: 0, idle: 1 });
});
