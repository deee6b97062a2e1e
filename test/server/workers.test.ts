import { afterEach, describe, expect, test } from 'vitest';
import { WorkerEnds } from '../../src/server/workers/worker-ends.ts';
import { useDatabase } from '../support/database.ts';
import { type PosternServerOptions, startPosternServer, usePosternServer } from '../support/postern-server.ts';
import { PinnedClient } from './support/pinned-client.ts';

const store = `model: |
  model
    schema 1.1
  type user
  type folder
    relations
      define admin: [user]
      define viewer: [user]
      define can_view: viewer or admin
      define can_grant_viewer: admin
tuples:
  - user: user:adam
    relation: admin
    object: folder:plans
`;

const databaseUrl = useDatabase();
const workerFile = new URL('./support/watched-thread.ts', import.meta.url);
const server = usePosternServer(databaseUrl, { store, environment: { POSTERN_WORKERS: '2' }, workerFile });
const clients: PinnedClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

const question = { query: '{ viewer { can(permission: "can_view", object: "folder:plans") } }' };
const answerOf = (worker: string, can = true) => ({
  status: 200,
  worker,
  text: `{"data":{"viewer":{"can":${can}}}}\n`,
});
const isCut = /socket hang up|ECONNRESET/;

/** Another server of several workers on the same database, for a test that does something to it as a whole. */
function startWorkers(environment: PosternServerOptions['environment'], file = workerFile) {
  return startPosternServer({
    databaseUrl: databaseUrl(),
    environment: { POSTERN_WORKERS: '2', ...environment },
    workerFile: file,
  });
}

/** Somebody whose connection is that worker's. The system deals out connections, so several are tried; a worker may be about to be replaced. */
async function clientOf(worker: string, { url, token } = server(), subject = 'user:adam'): Promise<PinnedClient> {
  for (;;) {
    const client = new PinnedClient(url, await token(subject));
    clients.push(client);
    const answer = await client.ask(question).catch(() => undefined);
    if (answer?.worker === worker) return client;
    client.close();
  }
}

test('requests are answered by all workers', async () => {
  for (const worker of ['1', '2']) {
    expect(await (await clientOf(worker)).ask(question)).toEqual(answerOf(worker));
  }
});

test.each(['error', 'rejection', 'exit', 'memory'])(
  'a worker that ends by %s takes only its own requests along, and is replaced',
  { timeout: 120_000 },
  async (end) => {
    const [ending, beside, other] = [await clientOf('1'), await clientOf('1'), await clientOf('2')];
    const [lost, kept] = [await beside.begin(question), await other.begin(question)];
    await expect(ending.ask(question, { 'x-end': end })).rejects.toThrow(isCut);
    await expect(lost.answer).rejects.toThrow(isCut);
    kept.finish();
    expect(await kept.answer).toEqual(answerOf('2'));
    expect(await (await clientOf('1')).ask(question)).toEqual(answerOf('1'));
  },
);

test.each([
  ['the database', {}],
  ['replicas', { POSTERN_REPLICA_MEMORY_MB: '64' }],
])(
  'with %s, what one has granted or revoked the other knows at once',
  { timeout: 120_000 },
  async (_what, settings) => {
    const own = await startWorkers(settings);
    try {
      const [first, second] = [await clientOf('1', own), await clientOf('2', own, 'user:zoe')];
      for (let round = 0; round < 40; round++) {
        const [does, can] = round % 2 === 0 ? (['grantRole', true] as const) : (['revokeRole', false] as const);
        const query = `mutation { ${does}(input: { object: "folder:plans", role: "viewer", subject: "user:zoe" }) { userErrors { code } } }`;
        const done = await first.ask({ query });
        expect(done.text).toBe(`{"data":{"${does}":{"userErrors":[]}}}\n`);
        expect(await second.ask(question)).toEqual(answerOf('2', can));
      }
    } finally {
      await own.stop();
    }
  },
);

test('what a caller has used up at one is used up at the others', { timeout: 60_000 }, async () => {
  const own = await startWorkers({ POSTERN_CALLER_ALLOWANCE: '100' });
  try {
    const [first, second] = [await clientOf('1', own), await clientOf('2', own)];
    const document = `# ${'x'.repeat(200_000)}\n${question.query}`;
    const statuses: number[] = [];
    while (statuses.at(-1) !== 429) statuses.push((await first.ask({ query: document })).status);
    expect(statuses.length, 'a body of 200,000 bytes is 1,000 points').toBeLessThan(15);
    // It is told a moment later; alone, the second one would answer nine of these.
    const others = [await second.ask({ query: document }), await second.ask({ query: document })];
    expect(others.at(-1)?.status).toBe(429);
  } finally {
    await own.stop();
  }
});

test('a stop lets all of them answer what is under way', { timeout: 60_000 }, async () => {
  const own = await startWorkers({});
  const begun = [];
  for (const worker of ['1', '2']) begun.push(await (await clientOf(worker, own)).begin(question));
  const stopped = own.stop();
  for (const { finish } of begun) finish();
  expect(await Promise.all(begun.map(({ answer }) => answer))).toEqual([answerOf('1'), answerOf('2')]);
  // Connections that nothing is asked on any more are not waited for by those who have them.
  for (const client of clients) client.close();
  await stopped;
  await expect(new PinnedClient(own.url, '').ask(question)).rejects.toThrow('ECONNREFUSED');
});

test('no other server joins them at their port', { timeout: 60_000 }, async () => {
  const { port } = new URL(server().url);
  await expect(startWorkers({ PORT: port })).rejects.toThrow(
    `The port ${port} is in use already. Next: stop what uses it, or set PORT to another one.`,
  );
});

describe('workers that end again and again', () => {
  test('end the server, with a sentence', { timeout: 60_000 }, async () => {
    const own = await startWorkers({}, new URL('./support/ending-thread.ts', import.meta.url));
    try {
      expect((await own.running.failed).message).toMatch(/^Workers end again and again, so the server ends\. Next: /);
    } finally {
      await own.stop();
    }
  });

  test('are replaced more slowly each time, and those that seldom end at once', () => {
    let now = 0;
    const ends = new WorkerEnds(2, () => now);
    const rests = Array.from({ length: 11 }, (_, index) => ends.restAfter(index < 2 ? 2 : 1));
    expect(rests).toEqual([100, 200, 100, 200, 400, 800, 1600, 3200, 6400, 10_000, undefined]);
    now += 61_000;
    expect(ends.restAfter(1)).toBe(100);
  });
});
