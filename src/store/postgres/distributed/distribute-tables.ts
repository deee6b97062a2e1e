import { applicationRole, plannerSettings } from '../connect.ts';
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
  if (!isDone(found)) {
    throw new UnpreparedDatabase(
      'The tables are not shared out among the servers of Citus. Next: let "npm run postern -- migrate" run once with a DATABASE_URL of the owner of the tables.',
    );
  }
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
  return done;
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

/** Gives each shard that has none its row; only where all others have everything. */
async function fillShardRevisions(sql: TransactionSql): Promise<void> {
  const { shards } = await readDistribution(sql);
  // A single one would be written in one phase, which a commit may be torn in.
  if (shards < 2) throw new UnpreparedDatabase('The table "relationship" has fewer than two shards. Next: make more.');
  const present = await sql<{ slot: number }[]>`select slot from shard_revision`;
  const proof = await readProof(sql, 'select', String(present.length));
  if (present.length > 0) requireProof(proof);
  const shardOf = await readShards(sql, [
    ...present.map(({ slot }) => slot),
    ...Array.from({ length: shards * slotsPerShard }, (_, index) => index + 1),
  ]);
  const taken = new Set(present.map(({ slot }) => shardOf.get(slot)));
  const added: number[] = [];
  for (const [slot, shard] of shardOf) {
    if (taken.has(shard)) continue;
    taken.add(shard);
    added.push(slot);
  }
  if (taken.size !== shards) throw new Error(`Of ${shards} shards, ${taken.size} have a row of "shard_revision".`);
  await insertSlots(sql, added, proof.revision);
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
