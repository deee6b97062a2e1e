import { applicationName, applicationRole, plannerSettings } from '../connect.ts';
import type { Connection } from '../connection.ts';
import { UnpreparedDatabase } from '../inspect-database.ts';
import { runInside } from '../run-inside.ts';
import type { TransactionSql } from '../sql.ts';
import { readProof, requireProof } from './shard-revisions.ts';
import { valuesOf } from './values.ts';

/** What Citus says of the tables; null for one that it knows nothing of. */
export interface Distribution {
  readonly isCoordinator: boolean;
  /** By which column `relationship` is shared out among how many shards. */
  readonly column: string | null;
  readonly shards: number;
  readonly isObjectEverywhere: boolean;
  /** Whether the coordinator is one of those that have a copy: only its own has every commit that its snapshots have. */
  readonly isObjectHere: boolean;
  readonly hasShardRevisions: boolean;
  readonly isRoleAbleToLogIn: boolean;
  /** Whether every server plans as this one does. */
  readonly isPlannedAsHere: boolean;
}

/** Servers ask each other in sessions of the role, which have nothing of the session that asks. */
const wantedSettings = Object.entries(plannerSettings);

export async function readDistribution(sql: TransactionSql): Promise<Distribution> {
  const [found] = await sql.unsafe<Distribution[]>(`
    select pg_catalog.citus_is_coordinator() as "isCoordinator",
      (
        select pg_catalog.column_to_column_name(logicalrelid, partkey) from pg_catalog.pg_dist_partition
        where logicalrelid = pg_catalog.to_regclass('relationship') and partmethod = 'h'
      ) as column,
      (
        select count(*)::int4 from pg_catalog.pg_dist_shard where logicalrelid = pg_catalog.to_regclass('relationship')
      ) as shards,
      exists (
        select from pg_catalog.pg_dist_partition
        where logicalrelid = pg_catalog.to_regclass('object') and partmethod = 'n' and repmodel = 't'
      ) as "isObjectEverywhere",
      exists (
        select from pg_catalog.pg_dist_placement placement join pg_catalog.pg_dist_shard shard on shard.shardid = placement.shardid
        where shard.logicalrelid = pg_catalog.to_regclass('object') and placement.groupid = 0
      ) as "isObjectHere",
      exists (
        select from pg_catalog.pg_dist_partition one join pg_catalog.pg_dist_partition other on other.colocationid = one.colocationid
        where one.logicalrelid = pg_catalog.to_regclass('shard_revision') and other.logicalrelid = pg_catalog.to_regclass('relationship')
      ) as "hasShardRevisions",
      (select rolcanlogin from pg_catalog.pg_roles where rolname = '${applicationRole}') as "isRoleAbleToLogIn",
      exists (
        select from pg_catalog.pg_db_role_setting
        where setrole = '${applicationRole}'::regrole
          and setdatabase = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
          and setconfig @> array[${wantedSettings.map(([name, value]) => `'${name}=${value}'`).join(', ')}]
      ) as "isPlannedAsHere"`);
  if (found === undefined) throw new UnpreparedDatabase('Citus does not say which tables it has shared out.');
  return found;
}

/** Throws where servers cannot work on the tables as they are shared out. */
export function requireDistribution(found: Distribution): void {
  if (!found.isCoordinator) throw new UnpreparedDatabase(workerSentence);
  if (found.isObjectEverywhere && !found.isObjectHere) throw new UnpreparedDatabase(elsewhereSentence);
  if (!isDone(found)) {
    throw new UnpreparedDatabase(
      'The tables are not shared out among the servers of Citus. Next: stop all servers, and let "npm run postern -- migrate --share-out" run once with a DATABASE_URL of the owner of the tables.',
    );
  }
}

/** Whether anybody has begun to share the tables out: then they are no tables of one server any more. */
export function isBegun({ column, isObjectEverywhere }: Distribution): boolean {
  return column !== null || isObjectEverywhere;
}

function isDone(found: Distribution): boolean {
  const { column, isObjectEverywhere, hasShardRevisions, isRoleAbleToLogIn, isPlannedAsHere } = found;
  return column === 'object' && isObjectEverywhere && hasShardRevisions && isRoleAbleToLogIn && isPlannedAsHere;
}

/**
 * Shares the tables out: `relationship` by `object`, with `shard_revision` beside it, a copy of `object` on every server; the others stay
 * where they are. What is done is not done again. Each step is a transaction of its own, so that what was begun is gone on with.
 * Returns a sentence for each.
 */
export async function distributeTables(connection: Connection): Promise<readonly string[]> {
  const { sql } = connection;
  const found = await readDistribution(sql);
  if (!found.isCoordinator) throw new UnpreparedDatabase(workerSentence);
  if (found.column !== null && found.column !== 'object') {
    throw new UnpreparedDatabase(
      `The table "relationship" is shared out by "${found.column}", and Postern needs "object". Next: say to the database, as its owner: SELECT alter_distributed_table('relationship', distribution_column := 'object');`,
    );
  }
  const isFirst = found.column === null;
  if (isFirst) await requireNoServers(sql);
  const done: string[] = [];
  const step = async (isMissing: boolean, sentence: string, run: (inside: TransactionSql) => Promise<unknown>) => {
    if (!isMissing) return;
    await inTransaction(connection, run);
    done.push(sentence);
  };
  await step(!found.isRoleAbleToLogIn, `The role "${applicationRole}" may log in.`, letRoleLogIn);
  await step(
    !found.isPlannedAsHere,
    `Every server plans for the role "${applicationRole}" as this one does.`,
    planAsHere,
  );
  await step(!found.isObjectEverywhere, 'Every server has a copy of "object".', (inside) =>
    inside.unsafe(`select pg_catalog.create_reference_table('object')`),
  );
  await step(found.column === null, 'The table "relationship" is shared out by "object".', (inside) =>
    inside.unsafe(`select pg_catalog.create_distributed_table('relationship', 'object')`),
  );
  await step(!found.hasShardRevisions, 'Each shard has its revision.', async (inside) => {
    await createShardRevisions(inside);
    await inside.unsafe(
      `select pg_catalog.create_distributed_table('shard_revision', 'slot', colocate_with => 'relationship')`,
    );
  });
  await inTransaction(connection, fillShardRevisions);
  // One that has begun meanwhile may take the tables for those of one server.
  if (isFirst) await requireNoServers(sql);
  return done;
}

/** A server that has found the tables on one server would go on to ask as if they were. */
async function requireNoServers(sql: TransactionSql): Promise<void> {
  const [found] = await sql<{ count: number }[]>`
    select count(*)::int4 as count from pg_catalog.pg_stat_activity
    where datname = pg_catalog.current_database() and application_name = ${applicationName}`;
  if (found === undefined || found.count === 0) return;
  throw new UnpreparedDatabase(
    `Servers of Postern are using the database, in ${found.count} sessions, and would take its tables for those of one server. Next: stop all servers, and run the command again.`,
  );
}

async function inTransaction(connection: Connection, run: (inside: TransactionSql) => Promise<unknown>): Promise<void> {
  await connection.sql.unsafe('begin');
  await runInside(connection, async (inside) => {
    await inside`select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('postern.migrate'))`;
    // No write comes in between.
    await inside`select from store for update`;
    await run(inside);
  });
}

/** Servers of Citus log in to each other as the role that asks. */
function letRoleLogIn(sql: TransactionSql): Promise<void> {
  return alterRole(sql, `alter role ${applicationRole} login`);
}

async function planAsHere(sql: TransactionSql): Promise<void> {
  for (const [name, value] of wantedSettings) {
    const [row] = await sql<{ statement: string }[]>`
      select pg_catalog.format('alter role %I in database %I set %I = %L',
        ${applicationRole}::text, pg_catalog.current_database(), ${name}::text, ${value}::text) as statement`;
    if (row !== undefined) await alterRole(sql, row.statement);
  }
}

async function alterRole(sql: TransactionSql, statement: string): Promise<void> {
  try {
    await sql.unsafe(statement);
  } catch (error) {
    throw new UnpreparedDatabase(
      `The role "${applicationRole}", as which the servers of Citus ask each other, is not as they need it. Next: say to the database, as an administrator: ${statement};`,
      { cause: error },
    );
  }
}

/** The table that says of each shard up to which revision it has everything. */
export async function createShardRevisions(sql: TransactionSql): Promise<void> {
  await sql.unsafe('create table if not exists shard_revision (slot bigint primary key, revision bigint not null)');
  await sql.unsafe(`grant select, update on shard_revision to ${applicationRole}`);
}

/** Leaves each shard one row, and gives one to each that has none; only where all rows that there are say that they have everything. */
async function fillShardRevisions(sql: TransactionSql): Promise<void> {
  const { shards } = await readDistribution(sql);
  // A single one would be written in one phase, which a commit may be torn in.
  if (shards < 2) throw new UnpreparedDatabase('The table "relationship" has fewer than two shards. Next: make more.');
  const rows = await sql<{ slot: number }[]>`select slot from shard_revision order by slot`;
  const present = rows.map(({ slot }) => slot);
  const proof = await readProof(sql, 'select', String(present.length));
  if (present.length > 0) requireProof(proof);
  const tried = [...present, ...Array.from({ length: shards * slotsPerShard }, (_, index) => index + 1)];
  const shardOf = await readShards(sql, tried);
  const kept = new Map<string | undefined, number>();
  for (const slot of tried) if (!kept.has(shardOf.get(slot))) kept.set(shardOf.get(slot), slot);
  if (kept.size !== shards) throw new Error(`Of ${shards} shards, ${kept.size} have a row of "shard_revision".`);
  const wanted = new Set(kept.values());
  // Shards that were put together have several.
  const surplus = present.filter((slot) => !wanted.has(slot));
  if (surplus.length > 0) await sql`delete from shard_revision where slot = any(${surplus}::int8[])`;
  const known = new Set(present);
  await insertSlots(
    sql,
    [...wanted].filter((slot) => !known.has(slot)),
    proof.revision,
  );
}

/** Rows of `shard_revision`, all at one revision. */
export async function insertSlots(sql: TransactionSql, slots: readonly number[], revision: number): Promise<void> {
  if (slots.length === 0) return;
  const { text, parameters } = valuesOf(
    ['int8', 'int8'],
    slots.map((slot) => [slot, revision]),
  );
  await sql.unsafe(`insert into shard_revision (slot, revision) values ${text}`, parameters);
}

/** So many numbers are tried for each shard, so that one of them is in it. */
const slotsPerShard = 64;

async function readShards(sql: TransactionSql, slots: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const rows = await sql<{ slot: number; shard: string }[]>`
    select slot, pg_catalog.get_shard_id_for_distribution_column('relationship', slot)::text as shard
    from unnest(${[...slots]}::int8[]) as q (slot)`;
  return new Map(rows.map(({ slot, shard }) => [slot, shard]));
}

const workerSentence =
  'DATABASE_URL leads to a worker of Citus, and Postern works on the coordinator. Next: put that into DATABASE_URL.';

const elsewhereSentence =
  'The coordinator of Citus has no copy of the table "object", so that names would be looked up on another server, which may not have heard of the last commits. Next: say to the database, as an administrator, with the address of the coordinator: SELECT citus_set_coordinator_host(\'coordinator.example.com\'); SELECT replicate_reference_tables();';
