import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { type LosablePostgres, startLosablePostgres } from './losable-postgres.ts';
import { startTcpProxy } from './tcp-proxy.ts';

/** A primary and a copy of it that follows it over the network, as databases are made to stay up. */
export interface PostgresPair extends AsyncDisposable {
  readonly primary: LosablePostgres;
  readonly standby: LosablePostgres;
  /** Returns when the copy has everything that the primary has committed. */
  untilCaughtUp(): Promise<void>;
  /** From now on the copy hears nothing of what the primary commits: it is lost when the primary is. */
  part(): Promise<void>;
  /** From now on the copy receives what the primary commits, and shows nothing of it; until it is told otherwise. */
  holdBack(isHeld: boolean): Promise<void>;
  /** The copy takes writes from when this returns. */
  promote(): Promise<void>;
}

export async function startPostgresPair(): Promise<PostgresPair> {
  const folder = await mkdtemp(join(tmpdir(), `postern-test-${process.pid}-pair-`));
  const primary = await startLosablePostgres(join(folder, 'primary'));
  const way = await startTcpProxy(primary.url);
  await asAdmin(primary, (sql) => copyBase(sql, folder, new URL(way.url)));
  const standby = await startLosablePostgres(join(folder, 'standby'));
  return {
    primary,
    standby,
    untilCaughtUp: async () => {
      const [at] = await asAdmin(primary, (sql) => sql`select pg_current_wal_insert_lsn()::text as place`);
      await asAdmin(standby, (sql) => untilReplayed(sql, at?.place));
    },
    part: () => way.cut(),
    holdBack: async (isHeld) => {
      const order = isHeld ? 'select pg_wal_replay_pause()' : 'select pg_wal_replay_resume()';
      await asAdmin(standby, (sql) => sql.unsafe(order));
    },
    promote: async () => void (await asAdmin(standby, (sql) => sql`select pg_promote()`)),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([standby.stop(), primary.stop(), way[Symbol.asyncDispose]()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function asAdmin<Value>(
  { url }: LosablePostgres,
  run: (sql: postgres.Sql) => PromiseLike<Value>,
): Promise<Value> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await run(sql);
  } finally {
    await sql.end();
  }
}

/** What `pg_basebackup` does, which does not come with the embedded PostgreSQL. */
async function copyBase(sql: postgres.Sql, folder: string, way: URL): Promise<void> {
  const [source, data] = [join(folder, 'primary', 'data'), join(folder, 'standby', 'data')];
  await sql`select pg_backup_start('standby', true)`;
  const left = new Set(['postmaster.pid', 'postmaster.opts', 'pg_wal', 'pg_replslot']);
  await cp(source, data, { recursive: true, filter: (path) => !left.has(path.slice(source.length + 1)) });
  for (const name of ['pg_wal', 'pg_replslot']) await mkdir(join(data, name));
  const [backup] = await sql`select labelfile as label from pg_backup_stop(wait_for_archive => false)`;
  await writeFile(join(data, 'backup_label'), String(backup?.label));
  await writeFile(join(data, 'standby.signal'), '');
  const { hostname, port, username, password } = way;
  const address = `host=${hostname} port=${port} user=${username} password=${password}`;
  await writeFile(join(data, 'postgresql.auto.conf'), `primary_conninfo = '${address}'\n`);
}

async function untilReplayed(sql: postgres.Sql, place: unknown): Promise<void> {
  for (;;) {
    const [row] = await sql`select pg_last_wal_replay_lsn() >= ${String(place)}::pg_lsn as is_there`;
    if (row?.is_there === true) return;
    await sleep(5);
  }
}
