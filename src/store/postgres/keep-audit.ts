import { rowsOf } from './connect.ts';
import type { DatabaseFacts } from './inspect-database.ts';
import type { TransactionSql } from './sql.ts';

/**
 * Tells the database for how long it keeps audit events, infinite for ever. Servers run as somebody who cannot: whoever gets hold of one
 * removes nothing that the owner of the tables wants to keep. Returns a sentence where this user is not that owner, and the database
 * was told otherwise.
 */
export async function keepAudit(
  sql: TransactionSql,
  keepMs: number,
  { isOwner }: Pick<DatabaseFacts, 'isOwner'>,
): Promise<string | undefined> {
  const wanted = Number.isFinite(keepMs) ? keepMs : null;
  const [found] = rowsOf(await sql<{ keep_ms: number | null }[]>`select keep_ms from audit_anchor`);
  if (found === undefined || found.keep_ms === wanted) return undefined;
  if (isOwner) {
    await sql`update audit_anchor set keep_ms = ${wanted}`;
    return undefined;
  }
  const [told, meant] = [found.keep_ms, wanted].map(inWords);
  return `POSTERN_KEEP_AUDIT_DAYS says that audit events are kept ${meant}, and the database keeps them ${told}: the longer of both counts. Next: npm run postern -- migrate, with this setting and as the user who owns the tables.`;
}

function inWords(ms: number | null): string {
  if (ms === null) return 'for ever';
  return ms === dayMs ? 'for 1 day' : `for ${ms / dayMs} days`;
}

const dayMs = 86_400_000;
