import { connectAsOwner } from './owner-sql.ts';

/** What a catalog of Citus says and does, as far as it is asked, of a database that stays on one server. */
const catalog = `
  create table pg_catalog.pg_dist_partition (
    logicalrelid regclass, partmethod "char", partkey text, colocationid integer, repmodel "char"
  );
  create table pg_catalog.pg_dist_shard (logicalrelid regclass, shardid bigint);
  create table pg_catalog.pg_dist_placement (shardid bigint, groupid int);
  grant select on pg_catalog.pg_dist_partition, pg_catalog.pg_dist_shard, pg_catalog.pg_dist_placement to public;
  create function pg_catalog.citus_is_coordinator() returns boolean language sql as 'select true';
  create function pg_catalog.column_to_column_name(regclass, text) returns text language sql as 'select $2';
  create function pg_catalog.create_reference_table(regclass) returns void language sql security definer
    as $$
      insert into pg_catalog.pg_dist_partition values ($1, 'n', null, 1, 't');
      insert into pg_catalog.pg_dist_shard values ($1, 50);
      insert into pg_catalog.pg_dist_placement values (50, 0), (50, 1);
    $$;
  create function pg_catalog.create_distributed_table(table_name regclass, distribution_column text, colocate_with text default 'default')
    returns void language sql security definer as $$
      insert into pg_catalog.pg_dist_partition values (table_name, 'h', distribution_column, 2, 's');
      insert into pg_catalog.pg_dist_shard select table_name, 100 + place from generate_series(0, 3) place
    $$;
  create function pg_catalog.get_shard_id_for_distribution_column(regclass, bigint) returns bigint language sql
    as 'select 100 + abs($2 * 7919 / 3) % (select count(*) from pg_catalog.pg_dist_shard where logicalrelid = $1)';
  insert into pg_catalog.pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
    select 1000000000, 'citus', current_user::regrole, 'pg_catalog'::regnamespace, false, '13.2';
`;

/** Lets a database say that it is a coordinator of Citus. */
export async function playCitusCatalog(url: string): Promise<void> {
  const owner = connectAsOwner(url, 1);
  try {
    await owner.unsafe(`set allow_system_table_mods = on; ${catalog}`);
  } finally {
    await owner.end();
  }
}
