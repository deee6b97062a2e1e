import { expect, test } from 'vitest';
import { metricNames } from '../../src/base/metric-table.ts';
import { useDatabase } from '../support/database.ts';
import { creatorsStore, type PosternServer, startPosternServer, usePosternServer } from '../support/postern-server.ts';

const databaseUrl = useDatabase();
const metricsAddress = { POSTERN_METRICS_ADDRESS: '127.0.0.1:0' };
const server = usePosternServer(databaseUrl, {
  store: creatorsStore,
  environment: { ...metricsAddress, POSTERN_REPLICA_MEMORY_MB: '64' },
});

const check = '{ viewer { can(permission: "can_edit", object: "track:aurora-2") } }';
const grant =
  'mutation { grantRole(input: { object: "artist:luna", role: "reader", subject: "user:bob" }) { userErrors { code } } }';

/** The lines of the format, without what they are read by. */
async function read(of: PosternServer = server()): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(of.running.metricsUrl ?? '');
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [, series = '', value = ''] = /^([a-z_0-9]+\{.*\}) (\S+)$/.exec(line) ?? [];
      expect(series).not.toBe('');
      return [series, Number(value)];
    }),
  );
}

const requests = (operation: string, outcome: string) =>
  `postern_requests_total{door="graphql",operation="${operation}",outcome="${outcome}",worker="1"}`;

/** How much each series has grown. */
async function growth(work: () => Promise<unknown>): Promise<Readonly<Record<string, number>>> {
  const before = await read();
  await work();
  const after = await read();
  return Object.fromEntries(
    [...after].flatMap(([key, value]) => {
      const grown = value - (before.get(key) ?? 0);
      return grown === 0 || !/_total|_count/.test(key) ? [] : [[key, grown]];
    }),
  );
}

test.each<readonly [what: string, ask: () => Promise<unknown>, series: readonly string[]]>([
  [
    'a denial is an answer',
    () => server().ask(check, { as: 'user:nobody' }),
    [requests('viewer', 'ok'), 'postern_decisions_total{decision="deny",code="",worker="1"}'],
  ],
  [
    'what is allowed',
    () => server().ask(check, { as: 'user:eve' }),
    [requests('viewer', 'ok'), 'postern_decisions_total{decision="allow",code="",worker="1"}'],
  ],
  [
    'a mutation without the right',
    () => server().ask(grant, { as: 'user:nobody' }),
    [requests('grantRole', 'refused')],
  ],
  [
    'a mutation that asks for what is not there',
    () => server().ask(grant.replace('reader', 'raeder'), { as: 'user:olivia' }),
    [requests('grantRole', 'invalid')],
  ],
  [
    'a bad token',
    () => server().ask(check, { headers: { authorization: 'Bearer x' } }),
    [requests('', 'unauthenticated')],
  ],
  ['a document that is none', () => server().ask('{', { as: 'user:eve' }), [requests('', 'invalid')]],
  [
    'who may not ask',
    () => server().ask('{ accessRelationships { isCutShort } }', { as: 'user:nobody' }),
    [requests('accessRelationships', 'refused')],
  ],
  ['its health', () => server().send('/health/live'), []],
])('%s is counted as such', async (_what, ask, series) => {
  const grown = Object.keys(await growth(ask)).filter((key) => !/duration|statement/.test(key));
  expect(grown.toSorted()).toEqual([...series].toSorted());
});

test('statements are counted by what they are for, with how long they take and how many rows they are about', async () => {
  const grown = await growth(() => server().ask(grant, { as: 'user:olivia' }));
  const of = (metric: string, kind: string) => grown[`${metric}{statement="${kind}",worker="1"}`];
  expect(of('postern_statement_duration_seconds_count', 'commit')).toBe(1);
  expect(of('postern_statement_rows_count', 'write')).toBeGreaterThan(2);
});

test('everything in the table is told, in the form that is read by Prometheus', async () => {
  await server().ask(check, { as: 'user:eve' });
  const text = await (await fetch(server().running.metricsUrl ?? '')).text();
  // What did not happen yet is not told.
  const quiet = ['postern_failures_total', 'postern_key_problems_total', 'postern_statement_failures_total'];
  const notHere = ['postern_decision_log_lines_total', 'postern_spans_total', 'postern_standby_questions_total'];
  for (const name of metricNames) {
    if (![...quiet, ...notHere].includes(name))
      expect(text).toMatch(new RegExp(`^# HELP ${name} .+\n# TYPE ${name} \\w+\n${name}`, 'm'));
  }
  const buckets = [...text.matchAll(/duration_seconds_bucket\{door="graphql",operation="viewer".*le="(.*)"\} (\d+)/g)];
  expect(buckets.map(([, bound]) => bound)).toEqual([
    ...['0.001', '0.0025', '0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '5', '+Inf'],
  ]);
  const counts = buckets.map(([, , count]) => Number(count));
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
});

test('whatever callers send, there are no more series than before, and nothing of it is told', async () => {
  const ask = async (n: number) => {
    await server().ask(`query secret${n} { viewer { can(permission: "can_edit", object: "track:secret${n}") } }`, {
      as: `user:secret${n}`,
      headers: { 'x-request-id': `secret${n}` },
    });
    await server().ask(`{ secret${n} }`, { as: 'user:eve' });
    await server().send(`/secret${n}`);
  };
  await ask(0);
  const before = (await read()).size;
  for (let n = 1; n < 20; n += 1) await ask(n);
  const after = await read();
  expect(after.size).toBe(before);
  expect([...after.keys()].join()).not.toContain('secret');
});

test('nothing is told at the address of callers, and nothing at all unless it is asked for', async () => {
  expect((await server().send('/metrics')).status).toBe(404);
  const other = await startPosternServer({ databaseUrl: databaseUrl() });
  expect(other.running.metricsUrl).toBeUndefined();
  expect(other.running.postern.metrics).toBeUndefined();
  await other.stop();
});

test('each of several workers is told of', { timeout: 60_000 }, async () => {
  const other = await startPosternServer({
    databaseUrl: databaseUrl(),
    environment: { ...metricsAddress, POSTERN_WORKERS: '2' },
  });
  await other.ask(check, { as: 'user:eve' });
  const series = [...(await read(other)).keys()].filter((key) => key.startsWith('nodejs_heap_used_bytes'));
  expect(series.toSorted()).toEqual(['nodejs_heap_used_bytes{worker="1"}', 'nodejs_heap_used_bytes{worker="2"}']);
  await other.stop();
});
