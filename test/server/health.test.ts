import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { creatorsStore, type PosternServer, startPosternServer, usePosternServer } from '../support/postern-server.ts';

const databaseUrl = useDatabase();
const server = usePosternServer(databaseUrl, { store: creatorsStore });
const question = '{ viewer { can(permission: "can_edit", object: "track:aurora-2") } }';
const yes = { viewer: { can: true } };

const readiness = async (of: PosternServer = server()) => {
  const { status, text: body } = await of.send('/health/ready');
  return [status, JSON.parse(body)];
};

test('a server says which version it is, and that it is ready with which model', async () => {
  const { version } = packageFile;
  expect(JSON.parse((await server().send('/version')).text)).toEqual({ name: 'postern', version });
  expect(await readiness()).toEqual([200, { status: 'ready', model: 1, version }]);
});

describe('nobody is ready', () => {
  // Each of them is read for any check; a lock as of "alter table" is one that reading waits for.
  test.each(['relationship', 'object', 'term', 'store'])('whose table "%s" is locked', async (table) => {
    const sql = connectAsOwner(databaseUrl(), 1);
    try {
      await sql.begin(async (owner) => {
        await owner`lock table ${owner(table)} in access exclusive mode`;
        expect(await readiness()).toEqual([503, { status: 'not ready', reason: 'The database does not answer.' }]);
        expect((await server().send('/health/live')).status).toBe(200);
      });
      await expect.poll(async () => (await readiness())[0], { timeout: 10_000 }).toBe(200);
    } finally {
      await sql.end();
    }
  });
});

describe('a request is named', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, RegExp]>([
    ['by whoever sends it', { 'x-request-id': 'checkout-7f3a.1_B' }, /^checkout-7f3a\.1_B$/],
    ['by us without a name', {}, /^[0-9a-f-]{36}$/],
    ['by us where the name could not stand in a log', { 'x-request-id': 'a b' }, /^[0-9a-f-]{36}$/],
    ['by us where the name is too long', { 'x-request-id': 'x'.repeat(129) }, /^[0-9a-f-]{36}$/],
  ])('%s', async (_what, headers, pattern) => {
    const answers = [
      await server().ask(question, { as: 'user:eve', headers }),
      await server().send('/graphql', { method: 'POST', headers, body: '{' }),
      await server().send('/nothing', { headers }),
    ];
    for (const answer of answers) expect(answer.headers.get('x-request-id')).toMatch(pattern);
  });

  test('in the audit log as in the answer', async () => {
    const grant =
      'mutation { grantRole(input: { object: "artist:luna", role: "reader", subject: "user:bob" }) { userErrors { code } } }';
    const { headers } = await server().ask(grant, { as: 'user:max', headers: { 'x-request-id': 'grant-1' } });
    expect(headers.get('x-request-id')).toBe('grant-1');
    const sql = connectAsOwner(databaseUrl(), 1);
    const found = await sql`select request_id from audit_event where request_id = 'grant-1'`;
    await sql.end();
    expect(found).toHaveLength(1);
  });
});

/** Sends one request after the other on connections that are kept, as balancers do, for as long as the server is ready. */
async function balance(url: string, authorization: string, outcomes: string[]): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const send = (path: string, body?: string) =>
    new Promise<readonly [number, string]>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', authorization };
      const sending = request(new URL(path, url), { agent, headers, method: body === undefined ? 'GET' : 'POST' });
      sending.on('error', reject).on('response', async (response) => {
        resolve([response.statusCode ?? 0, await text(response)]);
      });
      sending.end(body);
    });
  for (;;) {
    const [status] = await send('/health/ready');
    if (status !== 200) break;
    const [code, answer] = await send('/graphql', JSON.stringify({ query: question }));
    outcomes.push(`${code} ${answer.trim()}`);
  }
  agent.destroy();
}

test('whoever stops asking when a server is not ready any more loses nothing when it ends', async () => {
  const other = await startPosternServer({ databaseUrl: databaseUrl(), environment: { POSTERN_DRAIN_MS: '1500' } });
  const authorization = `Bearer ${await other.token('user:eve')}`;
  const outcomes = Array.from({ length: 8 }, (): string[] => []);
  const balancers = outcomes.map((own) => balance(other.url, authorization, own));
  await expect.poll(() => outcomes.every((own) => own.length > 0), { timeout: 20_000 }).toBe(true);
  await Promise.all([other.stop(), ...balancers]);
  expect(new Set(outcomes.flat())).toEqual(new Set([`200 ${JSON.stringify({ data: yes })}`]));
});
