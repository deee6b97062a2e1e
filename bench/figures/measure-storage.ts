import postgres from 'postgres';
import type { Storage } from './figures-report.ts';

export async function measureStorage(url: string): Promise<Storage> {
  const sql = postgres(url, { max: 1 });
  try {
    const [row] = await sql<Storage[]>`
      select (select count(*) from relationship)::int as relationships,
        pg_total_relation_size('relationship')::float8 as "relationshipBytes",
        (select count(*) from object)::int as objects,
        pg_total_relation_size('object')::float8 as "objectBytes"`;
    if (row === undefined) throw new Error('The database does not say how large it is.');
    return { ...row };
  } finally {
    await sql.end();
  }
}
