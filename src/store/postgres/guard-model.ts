import { sql as part } from 'drizzle-orm';
import type { TransactionSql } from './sql.ts';
import { store } from './tables.ts';

/** When the migration was made that brought beginnings: see drizzle/meta/_journal.json. */
const schemaOfBeginnings = 1_796_039_433_864;

/**
 * Lets only servers decide from now on that know of beginnings. Those of the version before would take what is to begin for what
 * counts: the model that decides is put where they do not look, in the transaction of the first such write, and they are refused
 * when they start. See docs/decisions/0023-beginnings.md.
 */
export async function guardModel(sql: TransactionSql): Promise<void> {
  await sql`
    update store set guarded_model = deciding_model, active_model = null, oldest_schema = greatest(oldest_schema, ${schemaOfBeginnings}::int8)
    where active_model is not null or oldest_schema < ${schemaOfBeginnings}::int8`;
}

/** The columns that say which model decides, where servers look for it. */
export function columnsOfActive(id: number) {
  const isGuarded = part`${store.oldestSchema} >= ${schemaOfBeginnings}`;
  return {
    activeModel: part<number | null>`case when ${isGuarded} then null else ${id}::int4 end`,
    guardedModel: part<number | null>`case when ${isGuarded} then ${id}::int4 end`,
  };
}
