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
    columns: ['revision', 'active_model', 'audit_length', 'audit_head', 'changes_removed_to'],
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
];

/** The orders that give the role of servers what it lacks; none where it lacks nothing. */
export async function missingRights(sql: TransactionSql): Promise<readonly string[]> {
  const tests = applicationRights.flatMap(({ table, privileges, columns = [] }) =>
    privileges.map((privilege) => {
      const held =
        columns.length === 0
          ? [`has_table_privilege('${applicationRole}', '${table}', '${privilege}')`]
          : columns.map(
              (column) => `has_column_privilege('${applicationRole}', '${table}', '${column}', '${privilege}')`,
            );
      return { order: orderOf(privilege, table, columns), condition: held.join(' and ') };
    }),
  );
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
