import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventOf, overEvents } from '../support/live-client.ts';
import { codesOf, type PosternServer, startPosternServer } from '../support/postern-server.ts';
import { type PostgresPair, startPostgresPair } from '../support/postgres-pair.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const store = `
model: |
  model
    schema 1.1
  type user
  type service
  type platform
    relations
      define operator: [service]
      define can_check_any_subject: operator
      define can_read_relationships: operator
      define can_write_relationships: operator
  type track
    relations
      define owner: [user]
      define can_edit: owner
      define can_manage_access: owner
tuples:
  - { user: service:ops, relation: operator, object: platform:main }
  - { user: user:ann, relation: owner, object: track:1 }
  - { user: user:ben, relation: owner, object: track:1 }
`;

let pair: PostgresPair;
let server: PosternServer;

const checkOf = (subject: string) =>
  `{ checkPermissions(input: { consistency: { fullyConsistent: true }, checks: [{ subject: "${subject}", permission: "can_edit", object: "track:1" }] }) { decisions { allowed } } }`;
const grantOf = (subject: string) =>
  `mutation { grantRole(input: { object: "track:1", role: "owner", subject: "${subject}" }) { token: consistencyToken userErrors { code } } }`;
const revokeOf = (subject: string) =>
  `mutation { revokeRole(input: { object: "track:1", role: "owner", subject: "${subject}" }) { userErrors { code } } }`;
const changes =
  'subscription ($after: ConsistencyToken) { relationshipChanges(after: $after) { changes { relationship { subject } } } }';

const ask = (query: string, as = 'service:ops') => server.ask(query, { as });
const mayEdit = async (subject: string) => (await ask(checkOf(subject))).data;
const allowed = { checkPermissions: { decisions: [{ allowed: true }] } };
const denied = { checkPermissions: { decisions: [{ allowed: false }] } };
const readiness = async () => {
  const { status, text } = await server.send('/health/ready');
  return [status, JSON.parse(text).reason];
};
const soon = (run: () => Promise<unknown>) => expect.poll(run, { timeout: 20_000, interval: 20 });

async function startServer(databaseUrl: string, replicaMb: number, more: Settings = {}): Promise<void> {
  const environment = { POSTERN_REPLICA_MEMORY_MB: String(replicaMb), POSTERN_REQUEST_TIMEOUT_MS: '1000', ...more };
  server = await startPosternServer({ databaseUrl, store, environment });
}

type Settings = Readonly<Record<string, string>>;

describe.each([0, 64])('with %j MB for a replica', (replicaMb) => {
  describe('where the address leads to a copy that was not promoted', () => {
    let way: TcpProxy;

    beforeAll(async () => {
      pair = await startPostgresPair();
      way = await startTcpProxy(pair.primary.url);
      await startServer(way.url, replicaMb);
      await pair.untilCaughtUp();
      await pair.part();
      expect((await ask(grantOf('user:cas'), 'user:ann')).errors).toEqual([]);
      way.leadTo(pair.standby.url);
      way.reset();
    });

    afterAll(async () => {
      await server.stop();
      await way[Symbol.asyncDispose]();
      await pair[Symbol.asyncDispose]();
    });

    test('the server is not ready, and says why', async () => {
      expect(await readiness()).toEqual([503, 'The database is a standby.']);
    });

    test.each([
      ['service:ops', checkOf('user:ann')],
      ['user:ann', '{ viewer { can(permission: "can_edit", object: "track:1") } }'],
      ['user:ann', '{ viewer { tracks(permission: CAN_EDIT) { isCutShort } } }'],
      ['service:ops', '{ explainPermission(subject: "user:ann", permission: "can_edit", object: "track:1") { text } }'],
      ['service:ops', '{ accessRelationships { edges { cursor } } }'],
      ['user:ann', grantOf('user:dan')],
    ])('%s gets a code for %s', async (as, query) => {
      const answer = await ask(query, as);
      expect(codesOf(answer)).toEqual(['AUTHORIZATION_UNAVAILABLE']);
      expect(answer.text).not.toMatch(/true|127\.0\.0\.1|standby/);
    });

    test('nobody hears of changes from it', async () => {
      const stream = overEvents(server.url, changes, { token: await server.token('service:ops') });
      expect(await stream.next()).toMatchObject({ errors: [{ extensions: { code: 'AUTHORIZATION_UNAVAILABLE' } }] });
      stream.kill();
    });

    test('once it is promoted, all works without a restart', async () => {
      await pair.promote();
      await soon(readiness).toEqual([200, undefined]);
      await soon(() => mayEdit('user:ann')).toEqual(allowed);
      expect((await ask(grantOf('user:dan'), 'user:ann')).data).toMatchObject({ grantRole: { userErrors: [] } });
      expect(await mayEdit('user:dan')).toEqual(allowed);
    });
  });

  describe('where the address names both servers', () => {
    beforeAll(async () => {
      pair = await startPostgresPair();
      const { host } = new URL(pair.primary.url);
      const { host: copy } = new URL(pair.standby.url);
      // The copy first: which one is the primary is found out.
      const url = `${pair.primary.url.replace(host, `${copy},${host}`)}?target_session_attrs=read-write`;
      await startServer(url, replicaMb);
    });

    afterAll(async () => {
      await server.stop();
      await pair[Symbol.asyncDispose]();
    });

    test('it is followed through a fail-over', async () => {
      const granted = await ask(grantOf('user:cas'), 'user:ann');
      const { token } = (granted.data as { readonly grantRole: { readonly token: string } }).grantRole;
      await pair.untilCaughtUp();
      await pair.primary.kill();
      expect(codesOf(await ask(checkOf('user:ann')))).toEqual(['AUTHORIZATION_UNAVAILABLE']);
      await pair.promote();
      await soon(() => mayEdit('user:cas')).toEqual(allowed);
      await soon(async () => (await ask(grantOf('user:dan'), 'user:ann')).errors).toEqual([]);
      expect(await mayEdit('user:dan')).toEqual(allowed);
      expect(await readiness()).toEqual([200, undefined]);
      // Who goes on after what the lost primary had said misses nothing.
      const variables = { after: token };
      const stream = overEvents(server.url, changes, { token: await server.token('service:ops'), variables });
      const event = await eventOf<ChangesEvent>(stream);
      expect(event.relationshipChanges.changes).toEqual([{ relationship: { subject: 'user:dan' } }]);
      expect((await ask(grantOf('user:eve'), 'user:ann')).errors).toEqual([]);
      const next = await eventOf<ChangesEvent>(stream);
      expect(next.relationshipChanges.changes).toEqual([{ relationship: { subject: 'user:eve' } }]);
      stream.kill();
    });
  });

  describe('where the copy is read as well', () => {
    beforeAll(async () => {
      pair = await startPostgresPair();
      const { host } = new URL(pair.primary.url);
      const { host: copy } = new URL(pair.standby.url);
      const url = `${pair.primary.url.replace(host, `${host},${copy}`)}?target_session_attrs=read-write`;
      const metrics = { POSTERN_METRICS_ADDRESS: '127.0.0.1:0' };
      await startServer(url, replicaMb, { DATABASE_REPLICA_URLS: pair.standby.url, ...metrics });
      await pair.untilCaughtUp();
    });

    afterAll(async () => {
      await server.stop();
      await pair[Symbol.asyncDispose]();
    });

    /** How many questions the copy answered, and how many it left to the primary. */
    async function readMetrics(): Promise<ReadonlyMap<string, number>> {
      const text = await (await fetch(server.running.metricsUrl ?? '')).text();
      const series = text.matchAll(/^postern_standby_questions_total\{standby="1",outcome="(\w+)",.*\} (\d+)$/gm);
      return new Map([...series].map(([, outcome = '', value]) => [outcome, Number(value)]));
    }

    /** A review, which no replica in memory answers. */
    const holdersOf = async () =>
      (await ask('{ accessReview(object: "track:1") { edges { node { subject } } } }', 'user:ann')).data;
    const held = (...subjects: readonly string[]) => ({
      accessReview: { edges: subjects.map((subject) => ({ node: { subject } })) },
    });

    test('it answers questions, and says so', async () => {
      await soon(async () => {
        expect(await holdersOf()).toEqual(held('user:ann', 'user:ben'));
        return (await readMetrics()).get('answered');
      }).toBeGreaterThan(0);
    });

    test('what it does not show yet is asked of the primary', async () => {
      await pair.holdBack(true);
      expect((await ask(revokeOf('user:ben'), 'user:ann')).data).toMatchObject({ revokeRole: { userErrors: [] } });
      for (let time = 0; time < 20; time += 1) {
        expect(await holdersOf()).toEqual(held('user:ann'));
        expect(await mayEdit('user:ben')).toEqual(denied);
      }
      expect((await readMetrics()).get('left')).toBeGreaterThan(0);
      await pair.holdBack(false);
    });

    test('once it is the primary, all works without a restart', async () => {
      await pair.untilCaughtUp();
      await pair.primary.kill();
      await pair.promote();
      await soon(holdersOf).toEqual(held('user:ann'));
      await soon(async () => (await ask(grantOf('user:cas'), 'user:ann')).errors).toEqual([]);
      expect(await holdersOf()).toEqual(held('user:ann', 'user:cas'));
      expect(await mayEdit('user:cas')).toEqual(allowed);
      expect(await readiness()).toEqual([200, undefined]);
    });
  });
});

interface ChangesEvent {
  readonly relationshipChanges: {
    readonly changes: readonly { readonly relationship: { readonly subject: string } }[];
  };
}
