import { randomUUID } from 'node:crypto';
import { quote } from '../../base/text-problem.ts';
import type { Dialect } from '../dialect.ts';
import { NotPrimary } from '../not-primary.ts';
import { areSharedOut, hasCitus } from './shared-out.ts';
import type { TransactionSql } from './sql.ts';

/** What a session of the database must be. */
export interface WantedSession {
  /** Undefined for whoever may be anybody. */
  readonly role?: string | undefined;
  readonly settings: Readonly<Record<string, string | number>>;
  /** Whether a primary that is told to take no writes is none, either. */
  readonly takesWrites: boolean;
  /** Whether it is to be on a copy of the primary, and nowhere else. */
  readonly isOfStandby?: boolean;
  /** What its server is to speak; undefined for whoever asks for nothing that differs. */
  readonly dialect?: Dialect;
}

/** A session that must not be used, and why, as a sentence for whoever runs the server. */
export class UnusableSession extends Error {}

interface SessionRow {
  readonly is_standby: boolean;
  readonly is_read_only: boolean;
  readonly has_citus: boolean;
  readonly role: string;
  readonly login: string;
  readonly settings: string | null;
  readonly mark: string | null;
}

/**
 * Asks a new session what it is. That it was told so when it began says nothing: a pooler in between may leave settings out or give
 * it a session of somebody else, an address may lead to another server than before, and a role may have settings of its own.
 *
 * Each session is marked, by a setting that ends with it: one that has a mark already is somebody else's at the same time, and what
 * is prepared, locked or set in it is anybody's.
 */
export async function inspectSession(sql: TransactionSql, wanted: WantedSession): Promise<void> {
  const names = Object.keys(wanted.settings).map((name) => `'${name}'`);
  const [row] = await sql.unsafe<SessionRow[]>(`
    with found as materialized (select nullif(current_setting('${markName}', true), '') as mark)
    select pg_catalog.pg_is_in_recovery() as is_standby, current_setting('transaction_read_only') = 'on' as is_read_only,
      ${hasCitus} as has_citus,
      current_user::text as role, session_user::text as login,
      (
        select pg_catalog.json_object_agg(name, setting)::text
        from pg_catalog.pg_settings where name in (${names.join() || 'null'})
      ) as settings,
      found.mark, pg_catalog.set_config('${markName}', '${randomUUID()}', false)
    from found`);
  if (row === undefined) throw new UnusableSession('The database does not say what its session is.');
  if (row.mark !== null) throw new UnusableSession(sharedSentence);
  if (wanted.isOfStandby === true && !row.is_standby) throw new UnusableSession(noStandbySentence);
  if (wanted.isOfStandby !== true && row.is_standby) throw new NotPrimary(standbySentence);
  if (wanted.takesWrites && row.is_read_only) throw new NotPrimary(readOnlySentence);
  if (wanted.dialect !== undefined) {
    const dialect = row.has_citus && (await areSharedOut(sql)) ? 'citus' : 'postgres';
    if (dialect !== wanted.dialect) throw new UnusableSession(otherDialectSentence);
  }
  const missing = missingIn(row, wanted);
  if (missing.length > 0) throw new UnusableSession(ignoredSentence(row.login, missing));
}

function missingIn({ role, settings }: SessionRow, wanted: WantedSession): readonly (readonly [string, string])[] {
  const found = new Map(Object.entries(JSON.parse(settings ?? '{}') as Readonly<Record<string, string>>));
  found.set('role', role);
  const all = [
    ...Object.entries(wanted.settings),
    ...(wanted.role === undefined ? [] : [['role', wanted.role] as const]),
  ];
  return all.flatMap(([name, value]) => (found.get(name) === String(value) ? [] : [[name, String(value)] as const]));
}

const markName = 'postern.session';

const sharedSentence =
  'A connection pooler gives one session of the database to several at a time, or does not clean it in between. Next: set its pool_mode to "session", and its server_reset_query to "DISCARD ALL", or let DATABASE_URL lead to PostgreSQL itself.';
const standbySentence =
  'The server of DATABASE_URL is a standby, a copy that takes no writes. Next: put the primary into DATABASE_URL, or all servers of which one is it, as in "host1:5432,host2:5432".';
const noStandbySentence =
  'A server of DATABASE_REPLICA_URLS is no standby. Next: leave it out, or let it follow the primary.';
const otherDialectSentence =
  'The tables of the database have been shared out by Citus since this server started, or are so no more. Next: start the server again.';
const readOnlySentence =
  'The server of DATABASE_URL takes no writes (default_transaction_read_only), and DATABASE_URL asks for one that does. Next: put all servers into DATABASE_URL of which one is the primary.';

function ignoredSentence(login: string, missing: readonly (readonly [string, string])[]): string {
  const names = missing.map(([name]) => quote(name)).join(', ');
  const orders = missing.map(([name, value]) => `ALTER ROLE ${quote(login)} SET ${name} = '${value}';`).join(' ');
  return `A session of the database has not taken over ${names}: a connection pooler in between leaves it out. Next: let DATABASE_URL lead to PostgreSQL itself, or say to it, as an administrator: ${orders}`;
}
