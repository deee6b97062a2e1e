import { applicationRole } from './connect.ts';
import type { TransactionSql } from './sql.ts';

interface Right {
  readonly table: string;
  readonly privileges: readonly string[];
  /** Undefined for all of them. */
  readonly columns?: readonly string[];
}

/** What migrations have given the role of servers, and no more: a test holds the two against each other. */
export const applicationRights: readonly Right[] = [
  { table: 'store', privileges: ['SELECT'] },
  {
    table: 'store',
    privileges: ['UPDATE'],
    columns: [
      'revision',
      'active_model',
      'guarded_model',
      'oldest_schema',
      'audit_length',
      'audit_head',
      'changes_removed_to',
    ],
  },
  { table: 'model', privileges: ['SELECT', 'INSERT'] },
  { table: 'term', privileges: ['SELECT', 'INSERT'] },
  { table: 'object', privileges: ['SELECT', 'INSERT'] },
  { table: 'relationship', privileges: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] },
  { table: 'change', privileges: ['SELECT', 'INSERT', 'DELETE'] },
  { table: 'idempotency', privileges: ['SELECT', 'INSERT', 'DELETE'] },
  { table: 'audit_event', privileges: ['SELECT', 'INSERT'] },
  { table: 'audit_mention', privileges: ['SELECT', 'INSERT'] },
  { table: 'audit_anchor', privileges: ['SELECT'] },
  { table: 'proposal', privileges: ['SELECT', 'INSERT'] },
  { table: 'proposal', privileges: ['UPDATE'], columns: ['state', 'ended_at', 'ended_by', 'end_reason'] },
  { table: 'use_server', privileges: ['SELECT', 'INSERT', 'DELETE'] },
  { table: 'use_server', privileges: ['UPDATE'], columns: ['told_at', 'lost_at', 'ended_at'] },
  { table: 'grant_use', privileges: ['SELECT', 'INSERT', 'DELETE'] },
  { table: 'grant_use', privileges: ['UPDATE'], columns: ['uses'] },
  { table: 'subject_use', privileges: ['SELECT', 'INSERT', 'DELETE'] },
  { table: 'subject_use', privileges: ['UPDATE'], columns: ['uses'] },
];

/** A right, as the order that gives it, and whether the role of servers has it, in SQL. */
interface RightTest {
  readonly order: string;
  readonly condition: string;
}

const drizzle = `(select oid from pg_namespace where nspname = 'drizzle')`;
const migrations = `(select oid from pg_class where relname = '__drizzle_migrations' and relnamespace = ${drizzle})`;

/** To read which version the tables are of: nothing else can be asked before. By number, as whoever lacks them cannot name them. */
const readingTests: readonly RightTest[] = [
  {
    order: `GRANT USAGE ON SCHEMA drizzle TO ${applicationRole};`,
    condition: `pg_catalog.has_schema_privilege('${applicationRole}', ${drizzle}, 'USAGE')`,
  },
  {
    order: `GRANT SELECT ON drizzle.__drizzle_migrations TO ${applicationRole};`,
    condition: `pg_catalog.has_table_privilege('${applicationRole}', ${migrations}, 'SELECT')`,
  },
  {
    order: `GRANT USAGE ON SCHEMA public TO ${applicationRole};`,
    condition: `pg_catalog.has_schema_privilege('${applicationRole}', 'public', 'USAGE')`,
  },
];

const functionTests: readonly RightTest[] = [
  {
    order: `GRANT EXECUTE ON FUNCTION remove_audit_events(integer) TO ${applicationRole};`,
    condition: `pg_catalog.has_function_privilege('${applicationRole}', 'remove_audit_events(integer)', 'EXECUTE')`,
  },
];

/** The orders that let the role of servers read of which version the tables are; none where it may. */
export function missingReadingRights(sql: TransactionSql): Promise<readonly string[]> {
  return ordersOf(sql, readingTests);
}

/** The orders that give the role of servers what it lacks on tables of this version; none where it lacks nothing. */
export function missingRights(sql: TransactionSql): Promise<readonly string[]> {
  return ordersOf(sql, [...readingTests, ...tableTests(), ...functionTests]);
}

function tableTests(): readonly RightTest[] {
  return applicationRights.flatMap(({ table, privileges, columns = [] }) =>
    privileges.map((privilege) => {
      const held =
        columns.length === 0
          ? [`pg_catalog.has_table_privilege('${applicationRole}', '${table}', '${privilege}')`]
          : columns.map(
              (column) =>
                `pg_catalog.has_column_privilege('${applicationRole}', '${table}', '${column}', '${privilege}')`,
            );
      return { order: orderOf(privilege, table, columns), condition: held.join(' and ') };
    }),
  );
}

async function ordersOf(sql: TransactionSql, tests: readonly RightTest[]): Promise<readonly string[]> {
  const rows = tests.map(({ condition }, place) => `(${place}, ${condition})`).join(', ');
  const missing = await sql.unsafe<{ place: number }[]>(
    `select place from (values ${rows}) as test (place, is_held) where not is_held order by place`,
  );
  return missing.flatMap(({ place }) => tests[place]?.order ?? []);
}

function orderOf(privilege: string, table: string, columns: readonly string[]): string {
  const where = columns.length === 0 ? '' : ` (${columns.join(', ')})`;
  return `GRANT ${privilege}${where} ON ${table} TO ${applicationRole};`;
}
