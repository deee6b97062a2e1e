import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LosablePostgres, startLosablePostgres } from '../support/losable-postgres.ts';
import {
  type Answer,
  type Asking,
  codesOf,
  type PosternServer,
  startPosternServer,
} from '../support/postern-server.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

/** What servers answer whose database is away: nothing by default, and where it is allowed, what was so a moment before. */

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
      define can_write_relationships: operator
  type track
    relations
      define owner: [user]
      define listener: [user with opens]
      define emergency: [user with break_glass_open]
      define can_edit: owner or emergency
      define can_listen: listener or owner
      define can_manage_access: owner
  condition opens(current_time: timestamp, at: timestamp) {
    current_time >= at
  }
  condition break_glass_open(is_open: bool) {
    is_open
  }
tuples:
  - { user: service:ops, relation: operator, object: platform:main }
  - { user: user:ann, relation: owner, object: track:1 }
  - { user: user:ann, relation: owner, object: track:2 }
  - { user: user:bea, relation: owner, object: track:2 }
  - user: user:eve
    relation: emergency
    object: track:1
    condition: { name: break_glass_open, context: { is_open: true } }
`;

const timeoutMs = 1500;

interface Place {
  readonly folder: string;
  readonly proxy: TcpProxy;
  database: LosablePostgres;
  /** Answers as old as a minute. */
  readonly lenient: PosternServer;
  /** Answers as old as a moment. */
  readonly hasty: PosternServer;
  /** Answers nothing that is older than its question. */
  readonly exact: PosternServer;
}

async function openPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), `postern-test-${process.pid}-older-`));
  const database = await startLosablePostgres(join(folder, 'postgres'));
  const proxy = await startTcpProxy(database.url);
  const start = (maxStalenessMs: number, filled?: string) => {
    const settings = { POSTERN_REPLICA_MEMORY_MB: '64', POSTERN_REQUEST_TIMEOUT_MS: String(timeoutMs) };
    const environment = { ...settings, POSTERN_MAX_STALENESS_MS: String(maxStalenessMs) };
    return startPosternServer({ databaseUrl: proxy.url, environment, ...(filled && { store: filled }) });
  };
  const lenient = await start(60_000, store);
  return { folder, proxy, database, lenient, hasty: await start(200), exact: await start(0) };
}

async function closePlace({ folder, proxy, database, lenient, hasty, exact }: Place): Promise<void> {
  await Promise.all([lenient, hasty, exact].map((server) => server.stop()));
  await proxy[Symbol.asyncDispose]();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}

const losses: readonly (readonly [what: string, lose: (at: Place) => unknown, find: (at: Place) => unknown])[] = [
  ['is paused', ({ database }) => database.pause(), ({ database }) => database.resume()],
  ['is out of reach', ({ proxy }) => proxy.freeze(), ({ proxy }) => proxy.mend()],
  ['is killed', ({ database }) => database.kill(), restart],
  ['refuses connections', ({ proxy }) => proxy.cut(), ({ proxy }) => proxy.mend()],
];

async function restart(place: Place): Promise<void> {
  place.database = await startLosablePostgres(join(place.folder, 'postgres'));
  place.proxy.leadTo(place.database.url);
}

const track = (id: number) => `{ __typename: "Track", id: "${id}" }`;
const page = `{ _entities(representations: [${track(1)}, ${track(2)}]) { ... on Track { id permissions { canEdit } } } }`;
const asAnn = { as: 'user:ann' };
const asOps = { as: 'service:ops' };
const can = (object: string, permission = 'can_edit') =>
  `{ viewer { can(permission: "${permission}", object: "${object}") } }`;
const check = (consistency = '') =>
  `{ checkPermissions(input: { checks: [{ subject: "user:ann", permission: "can_edit", object: "track:1" }] ${consistency} }) { decisions { allowed } consistencyToken stateAgeMs } }`;
const ofBoth = (permissions: unknown) => ({ _entities: [1, 2].map((id) => ({ id: String(id), permissions })) });

function ageOf({ headers }: Answer): number | undefined {
  const age = headers.get('postern-state-age-ms');
  return age === null ? undefined : Number(age);
}

interface Checked {
  readonly checkPermissions: { readonly consistencyToken: string; readonly stateAgeMs: number };
}

/** How long each of some questions takes that are asked one after the other; the middle one. */
async function middleMs(ask: () => Promise<Answer>): Promise<number> {
  const taken: number[] = [];
  for (let index = 0; index < 11; index++) {
    const startedAt = performance.now();
    await ask();
    taken.push(performance.now() - startedAt);
  }
  return taken.toSorted((a, b) => a - b)[5] ?? Number.NaN;
}

describe.each(losses)('while the database %s', (_what, lose, find) => {
  let place: Place;
  let before: Checked;
  const expiresAt = new Date(Date.now());
  const opensAt = new Date(Date.now());

  const ask = (query: string, asking: Asking = asAnn) => place.lenient.ask(query, asking);
  const write = (relationships: string) =>
    ask(`mutation { writeRelationships(input: { ${relationships} }) { written userErrors { message } } }`, asOps);

  beforeAll(async () => {
    place = await openPlace();
    expiresAt.setTime(Date.now() + 2500);
    opensAt.setTime(Date.now() + 2500);
    const until = `{ object: "track:3", relation: "owner", subject: "user:ann", expiresAt: "${expiresAt.toISOString()}" }`;
    const from = `{ object: "track:4", relation: "listener", subject: "user:ann", condition: { name: "opens", context: { at: "${opensAt.toISOString()}" } } }`;
    expect((await write(`writes: [${until}, ${from}]`)).data).toMatchObject({ writeRelationships: { written: 2 } });
    // What is asked for now is remembered.
    const asked = ['track:1', 'track:2', 'track:3', 'track:4'];
    const all = (server: PosternServer) => asked.map((object) => server.ask(can(object), asAnn));
    await Promise.all([place.lenient, place.hasty, place.exact].flatMap(all));
    await Promise.all(['user:bea', 'user:eve'].map((as) => ask(can('track:2'), { as })));
    before = (await ask(check(), asOps)).data as Checked;
    expect(before.checkPermissions.stateAgeMs).toBe(0);
    await lose(place);
  });

  afterAll(() => closePlace(place));

  test('pages go on where it is allowed, and say of which state they are and how old it is', async () => {
    const [first, second] = [await ask(page), await ask(page)];
    for (const answer of [first, second]) {
      expect([answer.data, answer.errors]).toEqual([ofBoth({ canEdit: true }), []]);
      expect(answer.headers.get('postern-consistency')).toBe(before.checkPermissions.consistencyToken);
    }
    expect(ageOf(first)).toBeGreaterThan(0);
    expect(ageOf(second)).toBeGreaterThan(ageOf(first) ?? 0);
    expect(ageOf(second)).toBeLessThan(60_000);
  });

  test('what expires ends in time, and what begins does not begin before', async () => {
    const wrong: string[] = [];
    let isOver = false;
    while (!isOver) {
      const askedAt = Date.now();
      const [timed, opening] = await Promise.all([ask(can('track:3')), ask(can('track:4', 'can_listen'))]);
      const heardAt = Date.now();
      const [holds, isOpen] = [timed, opening].map(({ text }) => text.includes('"can":true'));
      expect([timed.errors, opening.errors]).toEqual([[], []]);
      if (holds && askedAt > expiresAt.getTime()) wrong.push('held after its end');
      // The clock of a state may be ahead by as much as its proof took, which is a third of what a question may take at most.
      if (!holds && heardAt < expiresAt.getTime() - timeoutMs / 3) wrong.push('ended before its end');
      if (isOpen && heardAt < opensAt.getTime()) wrong.push('open before its time');
      if (!isOpen && askedAt > opensAt.getTime()) wrong.push('closed after its time');
      isOver = askedAt > Math.max(expiresAt.getTime(), opensAt.getTime());
    }
    expect(wrong).toEqual([]);
  });

  test('every question about checks goes on, and is decided by what was written', async () => {
    const [checked, own, decisions] = await Promise.all([
      ask(check(), asOps),
      ask('{ viewer { permissions(objects: ["track:2"]) { granted } } }', { as: 'user:bea' }),
      ask(
        '{ viewer { decisions(checks: [{ permission: "can_edit", object: "track:1" }, { permission: "can_edit", object: "track:2" }]) { allowed error { code } } } }',
        { as: 'user:bea' },
      ),
    ]);
    const { consistencyToken } = before.checkPermissions;
    expect(checked.data).toEqual({
      checkPermissions: { decisions: [{ allowed: true }], consistencyToken, stateAgeMs: ageOf(checked) },
    });
    expect(own.data).toEqual({
      viewer: { permissions: [{ granted: ['can_edit', 'can_listen', 'can_manage_access'] }] },
    });
    expect(decisions.data).toEqual({
      viewer: {
        decisions: [
          { allowed: false, error: null },
          { allowed: true, error: null },
        ],
      },
    });
    expect([own, decisions].map((answer) => (ageOf(answer) ?? 0) > 0)).toEqual([true, true]);
  });

  test('nobody waits for it for long', async () => {
    expect(await middleMs(() => ask(page))).toBeLessThan(750);
  });

  test.each([
    ['wants to miss nothing', page, { ...asAnn, headers: { 'postern-consistency': 'fully-consistent' } }],
    ['wants that in its field', check('consistency: { fullyConsistent: true }'), asOps],
    ['has a name that is not remembered', can('track:unknown'), asAnn],
    ['is one of somebody who is not remembered', can('track:1'), { as: 'user:stranger' }],
    ['is one of break-glass, which cannot be recorded', can('track:1'), { as: 'user:eve' }],
    [
      'asks who wrote what',
      '{ explainPermission(subject: "user:ann", permission: "can_edit", object: "track:1") { text } }',
      asAnn,
    ],
    ['lists names', '{ viewer { tracks(permission: CAN_EDIT) { isCutShort } } }', asAnn],
    [
      'writes',
      'mutation { revokeRole(input: { object: "track:1", role: "owner", subject: "user:ann" }) { userErrors { code } } }',
      asAnn,
    ],
    [
      'previews a write',
      'mutation { offboardSubject(input: { subject: "user:ann", dryRun: true }) { userErrors { code } } }',
      asOps,
    ],
    [
      'previews a retirement',
      'mutation { retireObject(input: { object: "track:1", dryRun: true }) { userErrors { code } } }',
      asOps,
    ],
  ])('a question that %s is not answered, and not denied', { concurrent: true }, async (_, query, asking) => {
    const answer = await ask(query, asking);
    // A preview may be told that another one is before it.
    const expected: ReadonlySet<unknown> = new Set(['AUTHORIZATION_UNAVAILABLE', 'OVERLOADED']);
    expect(codesOf(answer).filter((code) => !expected.has(code))).toEqual([]);
    expect(codesOf(answer).length).toBeGreaterThan(0);
    expect(answer.text).not.toMatch(/true|false/);
  });

  test('a token that the state contains is no hindrance', async () => {
    const headers = { 'postern-consistency': before.checkPermissions.consistencyToken };
    expect((await ask(page, { ...asAnn, headers })).data).toEqual(ofBoth({ canEdit: true }));
  });

  test('beyond what is allowed there is no answer, and nobody waits for it for long', async () => {
    const tooOld = async () => codesOf(await place.hasty.ask(page, asAnn));
    await expect.poll(tooOld).toEqual(['AUTHORIZATION_UNAVAILABLE', 'AUTHORIZATION_UNAVAILABLE']);
    expect(await middleMs(() => place.hasty.ask(page, asAnn))).toBeLessThan(750);
  });

  test('by default there is no answer', async () => {
    const answer = await place.exact.ask(page, asAnn);
    expect([answer.data, new Set(codesOf(answer)), ageOf(answer)]).toEqual([
      ofBoth(null),
      new Set(['AUTHORIZATION_UNAVAILABLE']),
      undefined,
    ]);
  });

  test('when it is back, what was taken away since is denied as soon as an answer is not older', async () => {
    await find(place);
    const revoke =
      'mutation { writeRelationships(input: { deletes: [{ object: "track:1", relation: "owner", subject: "user:ann" }] }) { deleted } }';
    await expect
      .poll(async () => (await place.exact.ask(revoke, asOps)).text, { timeout: 20_000 })
      .toContain('"deleted":1');
    const backAt = performance.now();
    for (const server of [place.lenient, place.hasty, place.exact]) {
      const told = async () => {
        const answer = await server.ask(can('track:1'), asAnn);
        return answer.errors.length > 0 || ageOf(answer) !== undefined ? undefined : answer.data;
      };
      // Nothing but an older answer or none, and then the right one.
      let data = await told();
      while (data === undefined && performance.now() - backAt < 20_000) data = await told();
      expect(data).toEqual({ viewer: { can: false } });
    }
  });
});
