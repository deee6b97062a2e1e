import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { startEmbeddedPostgres } from '../../server/embedded-postgres.ts';
import { migrate } from '../../store/migrate.ts';

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
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} });
  await admin`create database ${admin(name)}`;
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  await migrate(url);
  const client = postgres(url, { max: 1, onnotice: () => {} });
  await client`alter table audit_event disable trigger user`;
  await client`alter table audit_mention disable trigger user`;
  return {
    url,
    empty: async () => {
      await client`update store set active_model = null, audit_length = 0, audit_head = ''`;
      await client`truncate relationship, object, change, audit_event, audit_mention, idempotency, term`;
      await client`delete from model`;
    },
    drop: async () => {
      await client.end();
      await admin`drop database ${admin(name)} with (force)`;
      await admin.end();
    },
  };
}
