import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { overEvents } from '../support/live-client.ts';
import { type Answer, codesOf, type PosternServer, startPosternServer } from '../support/postern-server.ts';
import { type PostgresPair, startPostgresPair } from '../support/postgres-pair.ts';

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
      define can_read_audit_log: operator
      define can_read_model: operator
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
  - { user: user:ann, relation: owner, object: track:2 }
`;

let pair: PostgresPair;
let server: PosternServer;

const ask = (query: string, as = 'service:ops', headers = {}) => server.ask(query, { as, headers });
const write = (field: 'grantRole' | 'revokeRole', subject: string) =>
  ask(
    `mutation { ${field}(input: { object: "track:1", role: "owner", subject: "${subject}" }) { consistencyToken userErrors { code } } }`,
    'user:ann',
  );
const page = (after?: string) =>
  ask(
    `{ accessRelationships(first: 1${after ? `, after: "${after}"` : ''}) { pageInfo { endCursor } edges { cursor } } }`,
  );
const subscribe = async (after: string | undefined) =>
  overEvents(
    server.url,
    'subscription ($after: ConsistencyToken) { relationshipChanges(after: $after) { consistencyToken } }',
    { token: await server.token('service:ops'), variables: { after } },
  );

/** A value somewhere in an answer. */
function found(answer: Answer, name: string): string {
  const [, value] = new RegExp(`"${name}":"([^"]+)"`).exec(answer.text) ?? [];
  if (value === undefined) throw new Error(answer.text);
  return value;
}

const check = (token: string) =>
  ask(
    `{ checkPermissions(input: { consistency: { atLeastAsFresh: "${token}" } ${checks} }) { decisions { allowed } } }`,
  );
const checks = 'checks: [{ subject: "user:ben", permission: "can_edit", object: "track:1" }]';

/** Every question that takes a token, with what it is that somebody is told who sends one of the lost history. */
const questions: readonly (readonly [as: string, ask: (consistency: string) => string])[] = [
  ['service:ops', (c) => `{ checkPermissions(input: { ${c} ${checks} }) { decisions { allowed error { code } } } }`],
  ['service:ops', (c) => `{ checkPermissions(input: { ${c} modelId: "1" ${checks} }) { decisions { allowed } } }`],
  ['user:ben', (c) => `{ viewer(${c}) { can(permission: "can_edit", object: "track:1") } }`],
  ['user:ben', (c) => `{ viewer(${c}) { permissions(objects: ["track:1"]) { granted } } }`],
  ['user:ben', (c) => `{ viewer(${c}) { tracks(permission: CAN_EDIT) { isCutShort } } }`],
  [
    'service:ops',
    (c) => `{ explainPermission(${c}, subject: "user:ben", permission: "can_edit", object: "track:1") { text } }`,
  ],
  [
    'service:ops',
    (c) => `{ accessibleObjects(${c}, subject: "user:ben", permission: "can_edit", type: "track") { isCutShort } }`,
  ],
  [
    'service:ops',
    (c) =>
      `{ subjectsWithAccess(${c}, object: "track:1", permission: "can_edit", subjectType: "user") { isCutShort } }`,
  ],
  ['service:ops', (c) => `{ accessRelationships(${c}) { edges { cursor } } }`],
  ['service:ops', (c) => `{ accessAuditEvents(${c}) { edges { cursor } } }`],
  ['service:ops', (c) => `{ authorizationModel(${c}) { id } }`],
  ['service:ops', (c) => `{ authorizationModels(${c}) { edges { cursor } } }`],
];

/** Memory for a replica, and how old a state may be that answers. */
const settings: readonly (readonly [megabytes: number, ageMs: number])[] = [
  [0, 0],
  [64, 0],
  [64, 60_000],
];

describe.each(settings)(
  'after a fail-over that has lost a revocation, with %j MB for a replica and states of %j ms',
  (replicaMb, ageMs) => {
    let shared: string;
    let lost: string;
    let sharedCursor: string;
    let lostCursor: string;

    beforeAll(async () => {
      pair = await startPostgresPair();
      const [{ host }, { host: copy }] = [new URL(pair.primary.url), new URL(pair.standby.url)];
      server = await startPosternServer({
        databaseUrl: pair.primary.url.replace(host, `${host},${copy}`),
        store,
        environment: { POSTERN_REPLICA_MEMORY_MB: String(replicaMb), POSTERN_MAX_STALENESS_MS: String(ageMs) },
      });
      shared = found(await write('grantRole', 'user:cas'), 'consistencyToken');
      sharedCursor = found(await page(), 'endCursor');
      await pair.untilCaughtUp();
      await pair.part();
      lost = found(await write('revokeRole', 'user:ben'), 'consistencyToken');
      lostCursor = found(await page(), 'endCursor');
      await pair.primary.kill();
      await pair.promote();
      const isBack = async () => {
        expect((await check(lost)).text).not.toContain('"allowed":true');
        expect((await write('grantRole', 'user:new-0')).errors).toEqual([]);
        // The token is of a state that the new history has not come to, and may never come to.
        expect(codesOf(await check(lost))).toEqual(['HISTORY_DIVERGED']);
      };
      await vi.waitFor(isBack, { timeout: 20_000 });
      // The new history goes beyond the lost one.
      for (const number of [1, 2, 3]) expect((await write('grantRole', `user:new-${number}`)).errors).toEqual([]);
    });

    afterAll(async () => {
      await server.stop();
      await pair[Symbol.asyncDispose]();
    });

    test.each(questions)(
      '%s is not answered by the new history with a token of the lost one: %s',
      async (as, question) => {
        const answer = await ask(question(`consistency: { atLeastAsFresh: "${lost}" }`), as);
        expect(codesOf(answer)).toEqual(['HISTORY_DIVERGED']);
        expect(answer.text).not.toContain('true');
        const byHeader = await ask(
          question('')
            .replace(/\(,? ?\)/, '')
            .replace('(,', '('),
          as,
          {
            'postern-consistency': lost,
          },
        );
        expect(codesOf(byHeader)).toEqual(['HISTORY_DIVERGED']);
        const other = await ask(question(`consistency: { atLeastAsFresh: "${shared}" }`), as);
        expect(other.errors).toEqual([]);
      },
    );

    test('decisions say it as well, and none is a denial', async () => {
      const query =
        '{ viewer { decisions(checks: [{ permission: "can_edit", object: "track:1" }]) { allowed error { code } } } }';
      const answer = await ask(query, 'user:ben', { 'postern-consistency': lost });
      expect(answer.data).toEqual({ viewer: { decisions: [{ allowed: false, error: { code: 'HISTORY_DIVERGED' } }] } });
    });

    test('a page does not go on in another history, and goes on in its own', async () => {
      expect(codesOf(await page(lostCursor))).toEqual(['HISTORY_DIVERGED']);
      expect((await page(sharedCursor)).errors).toEqual([]);
    });

    test('a feed does not go on in another history, and goes on in its own', async () => {
      const diverged = await subscribe(lost);
      expect(await diverged.next()).toMatchObject({ errors: [{ extensions: { code: 'HISTORY_DIVERGED' } }] });
      diverged.kill();
      const own = await subscribe(shared);
      for (const _ of [0, 1, 2, 3]) expect(await own.next()).toMatchObject({ kind: 'next', errors: [] });
      own.kill();
    });

    test('who watches permissions from the lost history is told', async () => {
      const query = `subscription ($token: ConsistencyToken!) {
      viewerPermissionsChanged(objects: ["track:1"], consistency: { atLeastAsFresh: $token }) { granted }
    }`;
      const token = await server.token('user:ben');
      const diverged = overEvents(server.url, query, { token, variables: { token: lost } });
      expect(await diverged.next()).toMatchObject({ errors: [{ extensions: { code: 'HISTORY_DIVERGED' } }] });
      diverged.kill();
      const own = overEvents(server.url, query, { token, variables: { token: shared } });
      expect(await own.next()).toMatchObject({ kind: 'next', errors: [] });
      own.kill();
    });

    test('without a token, the new history is what is so', async () => {
      const answer = await ask(`{ checkPermissions(input: { ${checks} }) { decisions { allowed } } }`);
      expect(answer.data).toEqual({ checkPermissions: { decisions: [{ allowed: true }] } });
    });
  },
);
