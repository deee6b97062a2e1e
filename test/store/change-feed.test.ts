import { beforeAll, describe, expect, test } from 'vitest';
import { failed } from '../../src/base/result.ts';
import type { Store } from '../../src/store/store.ts';
import { unconstrained } from '../../src/store/write-constraint.ts';
import { useDatabase } from '../support/database.ts';
import { localParser } from '../support/local-parser.ts';
import { openStore } from '../support/open-store.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { object, relationship } from '../support/parse.ts';
import { publish, usePostern, write } from '../support/postern.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

const databaseUrl = useDatabase();
const postern = usePostern(databaseUrl);
const doc = (count: number) => `doc:${count}#viewer@user:ann`;
const never = new AbortController().signal;
/** Longer than any test: whoever returns was woken. */
const forever = 600_000;

beforeAll(async () => {
  const dsl = 'model\n  schema 1.1\ntype user\ntype doc\n  relations\n    define viewer: [user]\n';
  await publish(postern(), dsl);
});

const openSecond = (url: string): Store => openStore(url, { connections: 2, statementTimeoutMs: 5000 }, localParser);

/** Returns when the feed listens: each time it begins to, it wakes everybody. */
async function listening({ changes }: Store): Promise<void> {
  await changes.next(changes.wakeUps, forever, never);
}

describe('a wake-up', () => {
  test('follows a write of another process', async () => {
    const store = openSecond(databaseUrl());
    await listening(store);
    const woken = store.changes.next(store.changes.wakeUps, forever, never);
    await write(postern(), [doc(1)]);
    await woken;
    await store.close();
  });

  test('that came before it was waited for is not missed', async () => {
    const store = openSecond(databaseUrl());
    await listening(store);
    const seen = store.changes.wakeUps;
    const woken = store.changes.next(seen, forever, never);
    await write(postern(), [doc(2)]);
    await woken;
    await store.changes.next(seen, forever, never);
    await store.close();
  });

  test('does not follow a write that was rolled back, or that changed nothing', async () => {
    const store = openSecond(databaseUrl());
    await listening(store);
    const seen = store.changes.wakeUps;
    await postern().store.writer.write(unconstrained, async (transaction) => {
      await transaction.relationships.write([relationship(doc(3))], undefined);
      return failed('no');
    });
    await postern().store.writer.write(unconstrained, async () => ({ ok: true, value: undefined }));
    const woken = store.changes.next(seen, forever, never);
    await write(postern(), [doc(3)]);
    await woken;
    expect(store.changes.wakeUps).toBe(seen + 1);
    await store.close();
  });

  test('comes again after the listener was ended, and after the database was away', async () => {
    await using proxy = await startTcpProxy(databaseUrl());
    const store = openSecond(proxy.url);
    await listening(store);
    const owner = connectAsOwner(databaseUrl(), 1);
    const back = store.changes.next(store.changes.wakeUps, forever, never);
    const ended = await owner`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query ilike 'listen%'`;
    expect(ended.count).toBe(1);
    await back;
    await proxy.cut();
    const mended = store.changes.next(store.changes.wakeUps, forever, never);
    await expect(store.ping()).rejects.toThrow();
    await proxy.mend();
    await mended;
    const woken = store.changes.next(store.changes.wakeUps, forever, never);
    await write(postern(), [doc(4)]);
    await woken;
    await owner.end();
    await store.close();
  });

  test('is not waited for longer than it should be, or when nobody wants it any more', async () => {
    const { changes } = postern().store;
    await changes.next(changes.wakeUps, 1, never);
    const left = new AbortController();
    const waiting = changes.next(changes.wakeUps, forever, left.signal);
    left.abort();
    await waiting;
    await changes.next(changes.wakeUps, forever, left.signal);
  });
});

describe('revisions', () => {
  const read = (after: number, rows: number) =>
    postern().store.reader.withSnapshot([object('doc:1')], (snapshot) => snapshot.readRevisions(after, rows));

  test('are read whole, however few rows are asked for, and say whether there are more', async () => {
    const start = await write(postern(), [doc(100)]);
    await write(postern(), [doc(101), doc(102), doc(103)]);
    await write(postern(), [doc(104)]);
    const sizes = async (after: number, rows: number) => {
      const { revisions, hasMore } = await read(start.revision + after, rows);
      return [revisions.map(({ changes }) => changes.length), hasMore];
    };
    expect(await sizes(0, 1)).toEqual([[3], true]);
    expect(await sizes(0, 3)).toEqual([[3], true]);
    expect(await sizes(0, 4)).toEqual([[3, 1], true]);
    expect(await sizes(0, 5)).toEqual([[3, 1], false]);
    expect(await sizes(1, 1)).toEqual([[1], true]);
    expect(await sizes(2, 1)).toEqual([[], false]);
  });
});
