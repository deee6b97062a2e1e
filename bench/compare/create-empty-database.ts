import { randomBytes } from 'node:crypto';
import postgres from 'postgres';

/** A database without a table, which the command of any revision can make its own. */
export async function createEmptyDatabase(serverUrl: string) {
  const name = `postern_bench_${randomBytes(6).toString('hex')}`;
  const admin = postgres(serverUrl, { max: 1 });
  await admin`create database ${admin(name)}`;
  return {
    url: Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href,
    drop: async () => {
      await admin`drop database ${admin(name)} with (force)`;
      await admin.end();
    },
  };
}
