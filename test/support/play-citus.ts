import { createShardRevisions, insertSlots } from '../../src/store/postgres/distributed/distribute-tables.ts';
import { playedShards } from '../../src/store/postgres/distributed/distributed-shapes.ts';
import { connectAsOwner } from './owner-sql.ts';

/** Whether all stores of this run are asked as if they were on the servers of Citus: TEST_DIALECT=citus. */
export const playsCitus = process.env.TEST_DIALECT === 'citus';

/** Prepares a database that plays several servers; one that is prepared stays as it is. */
export async function playCitus(url: string): Promise<void> {
  const owner = connectAsOwner(url, 1);
  try {
    await owner.begin(async (sql) => {
      const [store] = await sql<{ revision: number }[]>`select revision from store for update`;
      await createShardRevisions(sql as never);
      const [found] = await sql<{ count: number }[]>`select count(*)::int4 as count from shard_revision`;
      if (found?.count !== 0) return;
      const slots = Array.from({ length: playedShards }, (_, index) => index + 1);
      await insertSlots(sql as never, slots, store?.revision ?? 0);
    });
  } finally {
    await owner.end();
  }
}
