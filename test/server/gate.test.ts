import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import {
  type Answer,
  codesOf,
  creatorsStore,
  onDatabase,
  type PosternServer,
  startPosternServer,
} from '../support/postern-server.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

/**
 * A server that takes 16 requests at once, on a database that can be made to answer nothing: whatever it has taken up then waits,
 * and what comes besides has to be refused at once.
 */
const databaseUrl = useDatabase();
let proxy: TcpProxy;
let server: PosternServer;
beforeAll(async () => {
  const seeding = await startPosternServer({ databaseUrl: databaseUrl(), store: creatorsStore });
  await seeding.stop();
  proxy = await startTcpProxy(databaseUrl());
  const environment = {
    ...onDatabase,
    POSTERN_REQUESTS_AT_ONCE: '16',
    POSTERN_REQUEST_TIMEOUT_MS: '20000',
    POSTERN_METRICS_ADDRESS: '127.0.0.1:0',
  };
  server = await startPosternServer({ databaseUrl: proxy.url, environment });
  await server.ask(check, { as: 'user:eve' });
});
afterAll(async () => {
  await server.stop();
  await proxy[Symbol.asyncDispose]();
});

const check = '{ viewer { can(permission: "can_edit", object: "track:aurora-2") } }';
const guarded = '{ viewer { decisions(checks: [{ permission: "can_edit", object: "track:aurora-2" }]) { allowed } } }';
const list = '{ viewer { tracks(permission: CAN_EDIT, first: 1) { isCutShort } } }';
const grant =
  'mutation { grantRole(input: { object: "artist:luna", role: "reader", subject: "user:bob" }) { userErrors { code } } }';
const preview = 'mutation { activateAuthorizationModel(input: { id: "1", dryRun: true }) { userErrors { code } } }';
const yes = '{"data":{"viewer":{"can":true}}}\n';

const people = (count: number, name = 'p') => Array.from({ length: count }, (_, n) => `user:${name}${n}`);
const askAll = (callers: readonly string[], query: string) => callers.map((as) => server.ask(query, { as }));

/** Whoever is refused is, long before the database answers again. */
async function refusedAtOnce(answers: readonly Promise<Answer>[], count: number): Promise<readonly Answer[]> {
  const answered: Answer[] = [];
  for (const answer of answers) void answer.then((one) => answered.push(one));
  await expect.poll(() => answered.length, { timeout: 4000 }).toBe(count);
  return answered;
}

/** How much of a kind is accepted. */
async function taken(kind: string): Promise<number> {
  const metrics = await (await fetch(server.running.metricsUrl ?? '')).text();
  return Number(new RegExp(`^postern_admitted_weight\\{kind="${kind}".*\\} (.*)$`, 'm').exec(metrics)?.[1]);
}

function expectOverloaded(answers: readonly Answer[]): void {
  for (const answer of answers) {
    expect([answer.status, codesOf(answer), answer.data]).toEqual([503, ['OVERLOADED'], undefined]);
    expect(answer.headers.get('retry-after')).toBe('1');
    const [error] = answer.errors;
    expect(error?.extensions).toMatchObject({ retryAfter: 1, retryAfterMs: expect.any(Number) });
  }
}

/** Nothing of what happens meanwhile reaches the database until the end. */
async function whileAway(work: () => Promise<void>): Promise<void> {
  proxy.freeze();
  try {
    await work();
  } finally {
    await proxy.mend();
  }
}

const recovered = () => expect.poll(async () => (await server.ask(check, { as: 'user:eve' })).text).toBe(yes);

describe('a server that has taken up what it can', () => {
  test('refuses what is more, at once, and answers what it has taken up', async () => {
    let taken: readonly Promise<Answer>[] = [];
    await whileAway(async () => {
      taken = askAll(people(40), check);
      expectOverloaded(await refusedAtOnce(taken, 40 - 15));
      // Whoever looks after the server is answered as ever.
      for (const path of ['/health/live', '/version']) expect((await server.send(path)).status).toBe(200);
      const metrics = await (await fetch(server.running.metricsUrl ?? '')).text();
      expect(metrics).toContain('postern_requests_total{door="graphql",operation="",outcome="shed",worker="1"} 25\n');
      expect(metrics).toContain('postern_shed_total{kind="display",worker="1"} 25\n');
    });
    const answers = await Promise.all(taken);
    const decided = answers.filter(({ status }) => status === 200);
    expect(decided.map(({ data }) => data)).toEqual(Array(15).fill({ viewer: { can: false } }));
    await recovered();
  });

  test('has room for others, whatever one caller asks at once', async () => {
    let taken: readonly Promise<Answer>[] = [];
    await whileAway(async () => {
      taken = askAll(Array(30).fill('user:hasty'), check);
      await refusedAtOnce(taken, 30 - 7);
      taken = [...taken, ...askAll(people(3, 'patient'), check)];
    });
    const others = await Promise.all(taken.slice(30));
    expect(others.map(({ data }) => data)).toEqual(Array(3).fill({ viewer: { can: false } }));
    await recovered();
  });

  test.each<readonly [kind: string, query: string]>([
    ['lists', list],
    ['previews', preview],
    ['writes', grant],
  ])('of %s, still takes checks', async (_kind, query) => {
    let checked: readonly Promise<Answer>[] = [];
    let taken: readonly Promise<Answer>[] = [];
    await whileAway(async () => {
      taken = askAll(people(10, 'many'), query);
      expectOverloaded(await refusedAtOnce(taken, 10 - 1));
      checked = askAll(people(3, 'checking'), check);
    });
    for (const answer of await Promise.all(checked)) expect(answer.data).toEqual({ viewer: { can: false } });
    await Promise.all(taken);
    await recovered();
  });

  test('of pages, still takes the checks that something depends on', async () => {
    let taken: readonly Promise<Answer>[] = [];
    let checked: readonly Promise<Answer>[] = [];
    await server.ask(guarded, { as: 'user:eve' });
    await whileAway(async () => {
      taken = askAll(people(40), check);
      expectOverloaded(await refusedAtOnce(taken, 40 - 15));
      checked = askAll(people(12, 'guarded'), guarded);
      await refusedAtOnce(askAll(people(1, 'late'), check), 1);
    });
    const answer = { viewer: { decisions: [{ allowed: false }] } };
    expect((await Promise.all(checked)).map(({ data }) => data)).toEqual(Array(12).fill(answer));
    await Promise.all(taken);
    await recovered();
  });

  test('keeps no room for those who wait and go', async () => {
    let others: readonly Promise<Answer>[] = [];
    await whileAway(async () => {
      const cut = new AbortController();
      const body = JSON.stringify({ query: check });
      const gone = people(15, 'gone').map(async (as) => {
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${await server.token(as)}` };
        return fetch(server.url, { method: 'POST', headers, body, signal: cut.signal }).catch(() => 'gone');
      });
      await expect.poll(() => taken('display')).toBeGreaterThan(15);
      cut.abort();
      expect(new Set(await Promise.all(gone))).toEqual(new Set(['gone']));
      // Those that had begun end with the database.
      await expect.poll(() => taken('display')).toBeLessThan(5);
      others = askAll(people(10, 'staying'), check);
      await expect.poll(() => taken('display')).toBeGreaterThan(10);
    });
    const answers = await Promise.all(others);
    expect(answers.map(({ data }) => data)).toEqual(Array(10).fill({ viewer: { can: false } }));
    await recovered();
  });

  test('keeps nothing of those who are refused for something else', async () => {
    for (const [body, type] of [
      ['{', 'application/json'],
      [JSON.stringify({ query: '{ nothing }' }), 'application/json'],
      ['<xml>', 'text/xml'],
    ]) {
      const headers = { 'content-type': type ?? '' };
      for (let n = 0; n < 20; n += 1) await server.send('/graphql', { method: 'POST', headers, body: body ?? '' });
    }
    await recovered();
  });
});

test('streams take no room, however many there are', async () => {
  const authorization = `Bearer ${await server.token('user:eve')}`;
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization };
  const query = 'subscription { viewerPermissionsChanged(objects: ["track:aurora-2"]) { granted } }';
  const streams = await Promise.all(
    Array.from({ length: 20 }, () =>
      fetch(new URL('/graphql/stream', server.url), { method: 'POST', headers, body: JSON.stringify({ query }) }),
    ),
  );
  expect((await server.ask(check, { as: 'user:eve' })).text).toBe(yes);
  for (const stream of streams) await stream.body?.cancel();
  expect((await server.ask(check, { as: 'user:eve' })).text).toBe(yes);
});

test('what is heavier than all the room is taken when nothing else is, after whatever was', async () => {
  const lists = Array.from(
    { length: 10 },
    (_, n) => `a${n}: tracks(permission: CAN_EDIT, first: ${n + 1}) { isCutShort }`,
  );
  for (let n = 0; n < 10; n += 1) {
    await server.ask(list, { as: 'user:eve' });
    const answer = await server.ask(`{ viewer { ${lists.slice(0, 1 + n).join(' ')} } }`, { as: 'user:eve' });
    expect([answer.status, codesOf(answer)]).toEqual([200, []]);
  }
});

test('requests that are still to come take no room', async () => {
  const agent = new Agent({ keepAlive: true });
  const slow = Array.from({ length: 40 }, () => {
    const headers = { 'content-type': 'application/json', 'content-length': 1000 };
    const sending = request(server.url, { method: 'POST', agent, headers });
    sending.on('error', () => undefined);
    sending.write('{');
    return sending;
  });
  expect((await server.ask(check, { as: 'user:eve' })).text).toBe(yes);
  for (const sending of slow) sending.destroy();
  agent.destroy();
});

describe('work that nobody waits for any more is not begun', () => {
  /** Six lists take turns, as nobody has more than a share of the places at once. */
  const lists = Array.from(
    { length: 6 },
    (_, n) => `a${n}: tracks(permission: CAN_EDIT, first: ${n + 1}) { isCutShort }`,
  );
  const body = JSON.stringify({ query: `{ viewer { ${lists.join(' ')} } }` });

  async function send(headers: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<string> {
    const authorization = `Bearer ${await server.token('user:eve')}`;
    const all = { 'content-type': 'application/json', authorization, ...headers };
    return (await fetch(server.url, { method: 'POST', headers: all, body, ...(signal && { signal }) })).text();
  }

  async function countStatements(): Promise<number> {
    await server.ask(check, { as: 'user:eve' });
    return server.takeStatements().length;
  }

  test.each<readonly [string, Readonly<Record<string, string>>, boolean]>([
    ['because its time is over', { 'postern-timeout-ms': '100' }, false],
    ['because its connection is', {}, true],
  ])('%s', async (_why, headers, isCut) => {
    await send({});
    await countStatements();
    expect(await send({})).not.toContain('errors');
    const whole = await countStatements();
    const sql = connectAsOwner(databaseUrl(), 1);
    const sent: string[] = [];
    await sql.begin(async (owner) => {
      // Whoever reads waits for this lock: the first of the lists does.
      await owner`lock table relationship in access exclusive mode`;
      const cut = new AbortController();
      const answer = send(headers, cut.signal).catch(() => 'cut');
      await expect.poll(() => sent.push(...server.takeStatements())).toBeGreaterThan(0);
      if (isCut) cut.abort();
      else await owner`select pg_sleep(0.1)`;
      // Answered after the end of the other connection was seen.
      expect((await server.send('/health/live')).status).toBe(200);
      void answer;
    });
    await sql.end();
    // Whoever has several waiting is served in their order: when these are answered, the others are over.
    // As long as the first is not over, there is no room for another one that is as heavy.
    await expect.poll(() => send({}), { timeout: 5000 }).not.toContain('errors');
    expect(sent.length + (await countStatements())).toBeLessThan(2 * whole);
  });
});
