import { beforeAll, describe, expect, test } from 'vitest';
import {
  type ConsistencyToken,
  formatConsistencyToken,
  parseConsistencyToken,
} from '../../src/model/consistency-token.ts';
import { type HistoryMark, isMarked } from '../../src/model/history-mark.ts';
import { office } from '../graphql/support/office.ts';
import { useDatabase } from '../support/database.ts';
import { type LiveStream, transports } from '../support/live-client.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { unwrap } from '../support/parse.ts';
import { usePostern, write } from '../support/postern.ts';
import { type PosternServer, startPosternServer } from '../support/postern-server.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { type ChangesEvent, changesQuery } from './support/changes-query.ts';

const databaseUrl = useDatabase();
const writers = 8;
const writesEach = 150;
const postern = usePostern(databaseUrl);

beforeAll(async () => {
  const server = await startPosternServer({ databaseUrl: databaseUrl(), store: office });
  await server.stop();
});

/** Writes one relationship, three at once, and takes some away again. */
async function writeMuch(writer: string): Promise<void> {
  const folder = (count: number) => `folder:${writer}-${count}#owner@user:ann`;
  for (let count = 0; count < writesEach; count++) {
    if (count % 5 === 4) await write(postern(), [], [folder(count - 1)]);
    else if (count % 5 === 2) await write(postern(), [folder(count), `${folder(count)}b`, `${folder(count)}c`]);
    else await write(postern(), [folder(count)]);
  }
}

interface Seen {
  readonly events: ChangesEvent[];
  readonly subscriptions: number;
}

/** Reads to the write that ends it all; after every interruption it goes on after the last event that it has dealt with. */
async function consume(
  open: (after: string) => LiveStream,
  start: string,
  last: string,
  disturb: (event: number, stream: LiveStream) => Promise<void>,
): Promise<Seen> {
  const events: ChangesEvent[] = [];
  let after = start;
  let subscriptions = 0;
  for (; ; subscriptions++) {
    const stream = open(after);
    for (;;) {
      const message = await stream.next();
      if (message.kind !== 'next' || message.errors.length > 0) break;
      const event = (message.data as { relationshipChanges: ChangesEvent }).relationshipChanges;
      events.push(event);
      after = event.consistencyToken;
      if (event.changes.some(({ relationship }) => relationship.object === last)) {
        stream.kill();
        return { events, subscriptions };
      }
      await disturb(events.length, stream);
    }
    stream.kill();
  }
}

/** What the table says, by the names of the test alone: plain subjects, no conditions. */
async function readTable(after: number) {
  const sql = connectAsOwner(databaseUrl());
  const rows = await sql<{ revision: number; operation: string; text: string }[]>`
    select c.revision, upper(c.operation) as operation,
      ot.name || ':' || o.name || '#' || rt.name || '@' || st.name || ':' || s.name as text
    from change c
    join object o on o.id = c.object join term ot on ot.kind = 'type' and ot.number = o.type
    join term rt on rt.kind = 'relation' and rt.number = c.relation
    join object s on s.id = c.subject join term st on st.kind = 'type' and st.number = s.type
    where c.revision > ${after} order by c.revision, c.ordinal`;
  await sql.end();
  return rows;
}

/** Each token is to name an event that the log has, and that comes after everything that its revision did. */
async function marksThatAreNone(tokens: readonly ConsistencyToken[]): Promise<readonly ConsistencyToken[]> {
  const sql = connectAsOwner(databaseUrl());
  const rows = await sql<{ id: number; revision: number; hash: string }[]>`select id, revision, hash from audit_event`;
  await sql.end();
  const events = new Map(rows.map((row) => [Number(row.id), { ...row, revision: Number(row.revision) }]));
  return tokens.filter(({ mark, revision }) => {
    const event = mark && events.get(mark.event);
    return event === undefined || !isMarked(mark as HistoryMark, event.hash) || event.revision < revision;
  });
}

/** Ends the connection on which the server listens; how many there were. */
async function endListener(): Promise<number> {
  const sql = connectAsOwner(databaseUrl(), 1);
  const ended = await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%' and pid <> pg_backend_pid()`;
  await sql.end();
  return ended.count;
}

describe.each(transports)('over %s', (name, subscribe) => {
  async function run(server: PosternServer, proxy: TcpProxy) {
    const prefix = name.replace(/\W/g, '');
    const start = await write(postern(), [`folder:${prefix}-start#owner@user:ann`]);
    const token = await server.token('service:ops');
    const open = (after: string) => subscribe(server.url, changesQuery, { token, variables: { after } });
    let listenersEnded = 0;
    const consuming = consume(open, formatConsistencyToken(start), `folder:${prefix}-end`, async (event, stream) => {
      if (event % 53 === 0) stream.kill();
      if (event % 211 === 0) listenersEnded += await endListener();
      if (event % 307 === 0) proxy.reset();
    });
    await Promise.all(Array.from({ length: writers }, (_, writer) => writeMuch(`${prefix}-${writer}`)));
    await write(postern(), [`folder:${prefix}-end#owner@user:ann`]);
    return { start, ...(await consuming), listenersEnded };
  }

  test('a consumer sees every change of 8 writers exactly once, in order, however often it is interrupted', async () => {
    await using proxy = await startTcpProxy(databaseUrl());
    const server = await startPosternServer({ databaseUrl: proxy.url });
    const { start, events, subscriptions, listenersEnded } = await run(server, proxy);
    await server.stop();
    const seen = events.flatMap(({ consistencyToken, changes }) =>
      changes.map(({ operation, relationship: { object, relation, subject } }) => ({
        revision: unwrap(parseConsistencyToken(consistencyToken)).revision,
        operation,
        text: `${object}#${relation}@${subject}`,
      })),
    );
    const table = (await readTable(start.revision)).map(({ revision, operation, text }) => ({
      revision,
      operation,
      text,
    }));
    expect(seen).toEqual(table);
    const tokens = events.map((event) => unwrap(parseConsistencyToken(event.consistencyToken)));
    expect(await marksThatAreNone(tokens)).toEqual([]);
    expect(events.length).toBe(writers * writesEach + 1);
    expect(subscriptions).toBeGreaterThan(15);
    expect(listenersEnded).toBeGreaterThan(2);
    console.info(
      `${name}: ${events.length} events, ${seen.length} changes, ${subscriptions} interruptions, ${listenersEnded} listeners ended`,
    );
  }, 120_000);
});
