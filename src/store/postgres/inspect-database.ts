import { quote } from '../../base/text-problem.ts';
import { missingReadingRights, missingRights } from './application-rights.ts';
import { applicationRole } from './connect.ts';
import { versionProblem } from './postgres-version.ts';
import { hasCitus } from './shared-out.ts';
import type { TransactionSql } from './sql.ts';

/** A database that servers cannot work in as it is; the message says what an administrator has to run. */
export class UnpreparedDatabase extends Error {}

/** What the catalogs, which anybody may read, say of a database and of who has connected to it. */
export interface DatabaseFacts {
  readonly version: number;
  /** Whether Citus is installed, whatever it has shared out. */
  readonly hasCitus: boolean;
  readonly database: string;
  readonly encoding: string;
  readonly schema: string | null;
  readonly login: string;
  readonly mayMakeSchemas: boolean;
  readonly mayMakeTables: boolean;
  readonly mayMakeRoles: boolean;
  readonly hasRole: boolean;
  /** Whether the user may work as the role of servers, and whether it may let itself do so. */
  readonly maySetRole: boolean;
  readonly mayGrantRole: boolean;
  readonly roleMayMakeFunctions: boolean;
  /** Whose the tables are; null where there are none. */
  readonly owner: string | null;
  readonly isOwner: boolean;
}

export async function readDatabaseFacts(sql: TransactionSql): Promise<DatabaseFacts> {
  const [facts] = await sql.unsafe<DatabaseFacts[]>(`
    select pg_catalog.current_setting('server_version_num')::int4 as version, ${hasCitus} as "hasCitus",
      pg_catalog.current_database() as database,
      pg_catalog.current_setting('server_encoding') as encoding, pg_catalog.current_schema() as schema, current_user::text as login,
      pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') as "mayMakeSchemas",
      coalesce(pg_catalog.has_schema_privilege(pg_catalog.current_schema(), 'CREATE'), false) as "mayMakeTables",
      login.rolsuper or login.rolcreaterole as "mayMakeRoles",
      role.oid is not null as "hasRole",
      coalesce(pg_catalog.pg_has_role(role.oid, ${settable}), false) as "maySetRole",
      coalesce(pg_catalog.pg_has_role(role.oid, 'MEMBER WITH ADMIN OPTION'), false) as "mayGrantRole",
      coalesce(pg_catalog.has_schema_privilege(role.oid, 'public', 'CREATE'), false) as "roleMayMakeFunctions",
      pg_catalog.pg_get_userbyid(migrations.relowner)::text as owner,
      coalesce(pg_catalog.pg_has_role(migrations.relowner, 'USAGE'), false) as "isOwner"
    from pg_roles as login
    left join pg_roles as role on role.rolname = '${applicationRole}'
    left join pg_class as migrations
      on migrations.relname = '__drizzle_migrations' and migrations.relnamespace = (select oid from pg_namespace where nspname = 'drizzle')
    where login.rolname = current_user`);
  if (facts === undefined) throw new UnpreparedDatabase('The database does not say who its user is.');
  return facts;
}

/** From PostgreSQL 16 on, a member may be one who may not work as the role. */
const settable = `case when pg_catalog.current_setting('server_version_num')::int4 < 160000 then 'MEMBER' else 'SET' end`;

/** Throws where no server and no migration could work, whatever the tables are. */
export function requireDatabase(facts: DatabaseFacts): void {
  const tooOld = versionProblem(facts.version);
  if (tooOld !== undefined) throw new UnpreparedDatabase(tooOld);
  if (facts.encoding === 'UTF8') return;
  throw unprepared(
    `The database ${quote(facts.database)} has the encoding ${quote(facts.encoding)}, and Postern needs "UTF8", to keep every name as it is.`,
    [`CREATE DATABASE ${nameOf(`${facts.database}_utf8`)} ENCODING 'UTF8' TEMPLATE template0;`],
    'and point DATABASE_URL at it',
  );
}

/** Throws where this user cannot bring the tables up to date. */
export function requireMigrationRights(facts: DatabaseFacts): void {
  const { database, login, owner } = facts;
  if (owner !== null) {
    if (facts.isOwner) return;
    throw new UnpreparedDatabase(
      `The tables in the database ${quote(database)} are older than this version, and they are those of ${quote(owner)}, not of ${quote(login)}. Next: let "npm run postern -- migrate" run once with a DATABASE_URL of ${quote(owner)}.`,
    );
  }
  const orders = [
    ...(facts.mayMakeSchemas ? [] : [`GRANT CREATE ON DATABASE ${nameOf(database)} TO ${nameOf(login)};`]),
    ...(facts.mayMakeTables ? [] : [`GRANT CREATE ON SCHEMA ${nameOf(facts.schema ?? 'public')} TO ${nameOf(login)};`]),
    ...(facts.hasRole || facts.mayMakeRoles ? [] : [makeRole]),
    ...(facts.maySetRole || facts.mayGrantRole || (!facts.hasRole && facts.mayMakeRoles) ? [] : [joinRole(login)]),
  ];
  if (orders.length === 0) return;
  throw unprepared(
    `The database ${quote(database)} has no tables yet, and its user ${quote(login)} may not make all of what is needed.`,
    orders,
    'or let "npm run postern -- migrate" run once with a DATABASE_URL of the owner of the database',
  );
}

/** Throws where this user may not work as the role of servers. */
function requireRole(facts: DatabaseFacts): void {
  const { login } = facts;
  if (!facts.hasRole) {
    const sentence = `The role "${applicationRole}", as which servers work, is missing: it is not part of a backup.`;
    throw unprepared(sentence, [makeRole, joinRole(login)], 'and start again, to hear whether rights are missing, too');
  }
  if (facts.maySetRole) return;
  const sentence = `The user ${quote(login)} is no member of the role "${applicationRole}", as which servers work.`;
  throw unprepared(sentence, [joinRole(login)]);
}

/** Throws where servers cannot work on the tables that there are, as this user. */
export async function requireServerRights(sql: TransactionSql, facts: DatabaseFacts): Promise<void> {
  requireRole(facts);
  requireRights(await missingRights(sql));
  if (!facts.roleMayMakeFunctions) return;
  // One that fits better than the database's own would be taken for it by whoever works as the owner of the tables.
  const sentence = `The role "${applicationRole}", as which servers work, may make functions beside the tables, as everybody may in databases from before PostgreSQL 15: whoever gets hold of it could have the owner run them.`;
  throw unprepared(sentence, [`REVOKE CREATE ON SCHEMA public FROM PUBLIC, ${applicationRole};`]);
}

/** Throws where the role of servers cannot even read what the tables are. */
export async function requireReadingRights(sql: TransactionSql, facts: DatabaseFacts): Promise<void> {
  requireRole(facts);
  requireRights(await missingReadingRights(sql));
}

function requireRights(orders: readonly string[]): void {
  if (orders.length === 0) return;
  throw unprepared(`The role "${applicationRole}" lacks rights that migrations gave it.`, orders);
}

const makeRole = `CREATE ROLE ${applicationRole} NOLOGIN;`;

function joinRole(login: string): string {
  return `GRANT ${applicationRole} TO ${nameOf(login)};`;
}

function unprepared(sentence: string, orders: readonly string[], more?: string): UnpreparedDatabase {
  const next = `say to the database, as an administrator: ${orders.join(' ')}`;
  return new UnpreparedDatabase(`${sentence} Next: ${next}${more === undefined ? '' : ` ${more}.`}`);
}

/** A name as SQL has it. */
function nameOf(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
