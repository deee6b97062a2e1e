import { describe, expect, test } from 'vitest';
import { ok } from '../../../src/base/result.ts';
import { unconstrained } from '../../../src/store/write-constraint.ts';
import { createDatabase, useDatabase } from '../../support/database.ts';
import { outcomesOf } from '../../support/decide.ts';
import { openReplica } from '../../support/open-replica.ts';
import { connectAsOwner } from '../../support/owner-sql.ts';
import { dsl, model, relationship } from '../../support/parse.ts';
import { change } from '../../support/replica-world.ts';

/** A replica takes no more memory than it may, whatever there is a lot of. */

const databaseUrl = useDatabase();

const text = dsl({ user: {}, team: { member: '[user]' }, doc: { viewer: '[user, team#member]' } });
const viewers = { model: model(text), dsl: text };

test('a store that is too large for the memory it may have is answered by the database', async () => {
  const before = openReplica(databaseUrl());
  await change(before.postgres, { model: viewers, writes: [relationship('doc:large#viewer@user:ann')] });
  await before.store.close();
  const { store, askedInstead } = openReplica(databaseUrl(), { maxBytes: 1000, report: () => {} });
  try {
    await expect(store.replica.load()).rejects.toThrow('The replica would take more than 1000 bytes.');
    expect(await outcomesOf(store.reader, 'doc:large#viewer@user:ann')).toEqual(['allowed']);
    expect(askedInstead()).toBe(1);
  } finally {
    await store.close();
  }
});

describe('to what the replica takes counts', () => {
  /** What the lists of a small store take at least. */
  const smallBytes = 6_000_000;

  test.each([
    ['what objects there are', `insert into object (type, name) select 1, 'x' || i from generate_series(1, 120000) i`],
    [
      'what contexts say, wherever they are said',
      `insert into relationship (object, relation, subject, subject_type, condition, context, revision)
       select min(id), 30000 + i, min(id), min(type), 1, jsonb_build_object('text', repeat(i::text, 8000)), 1
       from object, generate_series(1, 40) i group by i`,
    ],
  ])('%s', async (_, statement) => {
    const database = await createDatabase();
    const sql = connectAsOwner(database.url, 1);
    const { store, postgres } = openReplica(database.url, { maxBytes: smallBytes, report: () => {} });
    try {
      await change(postgres, { model: viewers, writes: [relationship('doc:1#viewer@user:ann')] });
      await store.replica.load();
      await sql.unsafe(statement);
      await expect(store.replica.load()).rejects.toThrow('The replica would take more than 6000000 bytes.');
    } finally {
      await store.close();
      await sql.end();
      await database.drop();
    }
  });

  test('what was written since, which is dropped where it is too much', async () => {
    const database = await createDatabase();
    const dropped = Promise.withResolvers<string>();
    const report = (message: string) => void (message.startsWith('There is no') && dropped.resolve(message));
    const { store, postgres } = openReplica(database.url, { maxBytes: smallBytes, leastOverlay: 15_000, report });
    try {
      await change(postgres, { model: viewers });
      await store.replica.whenLoaded();
      for (let part = 0; part < 16; part++) {
        const writes = Array.from({ length: 1000 }, (_, index) => relationship(`doc:${part}#viewer@user:${index}`));
        await postgres.writer.write(unconstrained, async ({ relationships }) =>
          ok(await relationships.write(writes, undefined)),
        );
      }
      expect(await dropped.promise).toBe(
        'There is no replica: The replica would take more than 6000000 bytes. The database answers everything.',
      );
      expect(store.replica.isLoaded).toBe(false);
      expect(await outcomesOf(store.reader, 'doc:15#viewer@user:999')).toEqual(['allowed']);
    } finally {
      await store.close();
      await database.drop();
    }
  });
});
