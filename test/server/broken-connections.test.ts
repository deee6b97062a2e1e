import { randomInt } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { overEvents } from '../support/live-client.ts';
import { type LosablePostgres, startLosablePostgres } from '../support/losable-postgres.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { runMain } from '../support/run-main.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

/** What a break can do something to. */
interface Place {
  readonly proxy: TcpProxy;
  readonly folder: string;
  database: LosablePostgres;
}

const breaks: readonly (readonly [what: string, breakOnce: (place: Place) => unknown])[] = [
  ['all connections are reset', ({ proxy }) => proxy.reset()],
  ['each connection is reset in the middle', ({ proxy }) => proxy.resetEachAfter(() => randomInt(1, 30_000))],
  ['all sessions are ended', ({ database }) => endSessions(database)],
  ['the database is killed, and comes back', restart],
];

async function endSessions({ url }: LosablePostgres): Promise<void> {
  const owner = connectAsOwner(url, 1);
  await owner`select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`;
  await owner.end();
}

async function restart(place: Place): Promise<void> {
  await place.database.kill();
  place.database = await startLosablePostgres(join(place.folder, 'postgres'));
  place.proxy.leadTo(place.database.url);
}

const northwind = 'organization:northwind';
const [readers, writers, grantsEach] = [9, 6, Number(process.env.TEST_BREAKS ?? 2)];

test.each(breaks)(
  'while %s, again and again, a server lives, says nothing wrong, and does each write once',
  async (_what, breakOnce) => {
    const folder = await mkdtemp(join(tmpdir(), `postern-test-${process.pid}-broken-`));
    const database = await startLosablePostgres(join(folder, 'postgres'));
    const place: Place = { folder, database, proxy: await startTcpProxy(database.url) };
    await using server = runMain(['serve', '--example', join(process.cwd(), 'examples/creators')], {
      folder,
      environment: {
        DATABASE_URL: place.proxy.url,
        POSTERN_REPLICA_MEMORY_MB: '64',
        POSTERN_REQUEST_TIMEOUT_MS: '2000',
        POSTERN_CALLER_ALLOWANCE: '1000000',
        POSTERN_SERVICE_ALLOWANCE: '1000000',
      },
    });
    const client = await clientOf(server);
    const start = await client.tokenOfNow();
    let [isOver, isWhole] = [false, false];
    const breaking = (async () => {
      while (!isOver) {
        await breakOnce(place);
        // As much is done in between as it happens to be.
        await client.untilAnswered(randomInt(1, 40));
      }
      place.proxy.resetEachAfter(() => Number.POSITIVE_INFINITY);
    })();
    const reading = Array.from({ length: readers }, () => client.read(() => isWhole));
    const following = client.follow(start, writers * grantsEach);
    const granted = await Promise.all(Array.from({ length: writers }, (_, writer) => client.grantEach(`w${writer}`)));
    isOver = true;
    // As long as something breaks, somebody asks.
    await breaking;
    isWhole = true;
    // Something of what was asked is answered also meanwhile.
    expect((await Promise.all(reading)).reduce((sum, answered) => sum + answered, 0)).toBeGreaterThan(0);
    expect((await following).toSorted()).toEqual(granted.flat().toSorted());
    expect(await countGrants(place.database)).toEqual({
      relationships: writers * grantsEach,
      events: writers * grantsEach,
    });
    server.signal('SIGTERM');
    expect(await server.end).toMatchObject({ code: 0, errors: '' });
    await place.proxy[Symbol.asyncDispose]();
    await place.database.stop();
    await rm(folder, { recursive: true, force: true });
  },
  240_000,
);

async function countGrants({ url }: LosablePostgres): Promise<unknown> {
  const owner = connectAsOwner(url, 1);
  const [counts] = await owner`
    select (select count(*)::int from relationship where created_by = 'user:olga') as relationships,
      (select count(*)::int from audit_event where action = 'grantRole' and outcome = 'done') as events`;
  await owner.end();
  return counts;
}

interface Decision {
  readonly allowed: boolean;
  readonly error: { readonly code: string } | null;
}

interface Answered {
  readonly data?: {
    readonly checkPermissions?: { readonly consistencyToken: string; readonly decisions: readonly Decision[] } | null;
    readonly grantRole?: { readonly consistencyToken: string | null; readonly userErrors: readonly unknown[] } | null;
  } | null;
}

/** Somebody who asks again and again what a server that was started has printed tokens for. */
async function clientOf(server: ReturnType<typeof runMain>) {
  const [, url = ''] = await server.printed(/ready at (\S+)/);
  const [printed] = await server.printed(/Who to try it as[\s\S]*/);
  const tokens = new Map(
    [...printed.matchAll(/^ {2}(\w+:\S+) {2}(\S+)$/gm)].map(([, who = '', token = '']) => [who, token]),
  );
  const answers = new EventEmitter();
  const ask = async (as: string, query: string): Promise<Answered> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokens.get(as)}` };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
    const answered = (await response.json()) as Answered;
    answers.emit('answer');
    return answered;
  };
  const check = async (subjects: readonly string[], consistency = '') => {
    const checks = subjects.map((one) => `{ subject: "${one}", permission: "admin", object: "${northwind}" }`);
    const input = `{ ${consistency} checks: [${checks.join()}] }`;
    const query = `{ checkPermissions(input: ${input}) { consistencyToken decisions { allowed error { code } } } }`;
    return (await ask('service:playlist-api', query)).data?.checkPermissions ?? undefined;
  };
  /** Until it is confirmed; the token of it. */
  const grant = async (subject: string): Promise<string> => {
    for (;;) {
      const input = `{ subject: "${subject}", role: "admin", object: "${northwind}", idempotencyKey: "${subject}" }`;
      const query = `mutation { grantRole(input: ${input}) { consistencyToken userErrors { code } } }`;
      const done = (await ask('user:olga', query)).data?.grantRole;
      expect(done?.userErrors ?? []).toEqual([]);
      if (typeof done?.consistencyToken === 'string') return done.consistencyToken;
    }
  };
  const untilChecked = async (subject: string, consistency = ''): Promise<string> => {
    for (;;) {
      const checked = await check([subject], consistency);
      const decision = checked?.decisions[0];
      if (checked !== undefined && decision?.error === null)
        return JSON.stringify([decision.allowed, checked.consistencyToken]);
    }
  };
  return {
    /** So many answers come, whatever they say; every question gets one. */
    untilAnswered: async (count: number): Promise<void> => {
      for (let left = count; left > 0; left -= 1) await once(answers, 'answer');
    },
    tokenOfNow: async (): Promise<string> => (JSON.parse(await untilChecked('user:lou')) as [boolean, string])[1],
    /** Asks until it is over; how many were answered. */
    read: async (isOver: () => boolean): Promise<number> => {
      let answered = 0;
      while (!isOver()) {
        for (const [index, { allowed, error }] of (
          (await check(['user:adam', 'user:lou']))?.decisions ?? []
        ).entries()) {
          if (error === null) answered += 1;
          expect(allowed).toBe(index === 0 && error === null);
        }
      }
      return answered;
    },
    grantEach: async (writer: string): Promise<readonly string[]> => {
      const subjects = Array.from({ length: grantsEach }, (_, index) => `user:${writer}-${index}`);
      for (const subject of subjects) {
        const token = await grant(subject);
        expect(await untilChecked(subject, `consistency: { atLeastAsFresh: "${token}" }`)).toMatch(/^\[true,/);
      }
      return subjects;
    },
    /** Subscribes again after each break, and returns whoever was granted something. */
    follow: async (start: string, count: number): Promise<readonly string[]> => {
      const heard: string[] = [];
      let after = start;
      while (heard.length < count) {
        const stream = overEvents(url, changesQuery, { token: tokens.get('employee:oda'), variables: { after } });
        for (
          let next = await stream.next();
          next.kind === 'next' && next.errors.length === 0;
          next = await stream.next()
        ) {
          const { relationshipChanges: event } = next.data as { readonly relationshipChanges: ChangesEvent };
          after = event.consistencyToken;
          heard.push(...event.changes.map(({ relationship }) => relationship.subject));
          if (heard.length >= count) break;
        }
        stream.kill();
      }
      return heard;
    },
  };
}

const changesQuery = `subscription ($after: ConsistencyToken) {
  relationshipChanges(after: $after) { consistencyToken changes { relationship { subject } } }
}`;

interface ChangesEvent {
  readonly consistencyToken: string;
  readonly changes: readonly { readonly relationship: { readonly subject: string } }[];
}
