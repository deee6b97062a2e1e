import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../server/embedded-postgres.ts';
import type { Connection } from '../../store/postgres/connection.ts';
import { migrate } from '../../store/postgres/migrate.ts';
import { ServerList } from '../../store/postgres/server-list.ts';

/** A migrated database of its own, which is gone after use: tests never touch what is stored. */
export interface ScratchDatabase {
  readonly url: string;
  /** Removes everything but the tables. */
  empty(): Promise<void>;
  drop(): Promise<void>;
}

/** On the server of `databaseUrl`, in a database with a name of its own; without one, on a PostgreSQL of its own. */
export async function createScratchDatabase(databaseUrl: string | undefined): Promise<ScratchDatabase> {
  return databaseUrl === undefined ? createEmbedded() : createBeside(databaseUrl);
}

async function createEmbedded(): Promise<ScratchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-test-'));
  const server = await startEmbeddedPostgres({ dataDirectory: join(folder, 'data'), durable: false });
  const scratch = await createBeside(server.url);
  return {
    ...scratch,
    drop: async () => {
      await scratch.drop();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createBeside(serverUrl: string): Promise<ScratchDatabase> {
  const name = `postern_test_${randomBytes(6).toString('hex')}`;
  const admin = await connectTo(serverUrl);
  await admin.sql`create database ${admin.sql(name)}`;
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  await migrate(url);
  const client = await connectTo(url);
  const { sql } = client;
  await sql`alter table audit_event disable trigger user`;
  await sql`alter table audit_mention disable trigger user`;
  return {
    url,
    empty: async () => {
      await sql`update store set active_model = null, guarded_model = null, oldest_schema = 0, audit_length = 0, audit_head = ''`;
      await sql`truncate relationship, object, change, audit_event, audit_mention, idempotency, proposal, term,
        use_server, grant_use, subject_use`;
      await sql`delete from model`;
    },
    drop: async () => {
      await client.close();
      await admin.sql`drop database ${admin.sql(name)} with (force)`;
      await admin.close();
    },
  };
}

function connectTo(url: string): Promise<Connection> {
  return new ServerList(url).open({
    session: { application_name: 'postern test' },
    greet: (sql) => sql.unsafe('select'),
  });
}
