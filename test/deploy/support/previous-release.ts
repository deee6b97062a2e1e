import { readFileSync } from 'node:fs';
import postgres from 'postgres';

/** What a server of the version before has left in its database, and answered from it. Recorded by scripts/record-release.ts. */
export interface PreviousRelease {
  readonly commit: string;
  readonly lastMigration: string;
  /** The rows of each table, as one JSON text, which keeps numbers and times as they are. */
  readonly tables: Readonly<Record<string, string>>;
  /** The answers to `questions`, in their order. */
  readonly answers: readonly unknown[];
  /** What it answered to `keyedGrant`. */
  readonly granted: unknown;
}

export const previousReleaseFile = 'test/golden/previous-release.json';

export function readPreviousRelease(): PreviousRelease {
  return JSON.parse(readFileSync(previousReleaseFile, 'utf8'));
}

export interface Question {
  readonly as: string;
  readonly query: string;
}

/** What the version before was asked to write. */
export const keyedGrant: Question = {
  as: 'user:olga',
  query: `mutation { grantRole(input: { subject: "user:nia", role: "admin", object: "organization:northwind", reason: "joined us", idempotencyKey: "hire-nia" }) {
    relationship { subject relation object createdBy createdAt } consistencyToken userErrors { code message } } }`,
};

export const otherWrites: readonly Question[] = [
  {
    as: 'user:olga',
    query: `mutation { grantRole(input: { subject: "user:max", role: "admin", object: "organization:northwind", expiresAt: "2099-01-01T00:00:00Z" }) { userErrors { code } } }`,
  },
  {
    as: 'user:olga',
    query: `mutation { revokeRole(input: { subject: "user:max", role: "admin", object: "organization:northwind", reason: "by mistake" }) { userErrors { code } } }`,
  },
  {
    as: 'user:lou',
    query: `mutation { grantRole(input: { subject: "user:lou", role: "admin", object: "organization:northwind" }) { userErrors { code } } }`,
  },
];

const subjects = [
  'user:eve',
  'user:mia',
  'user:olga',
  'user:adam',
  'user:lou',
  'user:nia',
  'user:max',
  'user:intern',
  'user:bea',
];
const asked: readonly (readonly [object: string, permissions: readonly string[]])[] = [
  ['track:aurora-1', ['can_listen', 'can_edit', 'can_view_stats', 'can_delete']],
  ['track:aurora-2', ['can_listen', 'can_edit', 'can_view_stats', 'can_delete']],
  ['track:harbour-1', ['can_listen', 'can_edit', 'can_view_stats', 'can_delete']],
  ['organization:northwind', ['can_grant_admin', 'can_manage_access', 'can_no_such_thing']],
];
const checks = subjects.flatMap((subject) =>
  asked.flatMap(([object, permissions]) =>
    permissions.map((permission) => `{ subject: "${subject}", permission: "${permission}", object: "${object}" }`),
  ),
);

export const questions: readonly Question[] = [
  {
    as: 'service:playlist-api',
    query: `{ checkPermissions(input: { checks: [${checks.join()}] }) { decisions { allowed error { code } } } }`,
  },
  {
    as: 'user:lou',
    query: `{ viewer { subject tracks(permission: CAN_LISTEN, first: 20) { edges { node { id permissions { canListen canEdit } } } } } }`,
  },
  {
    as: 'user:adam',
    query: `{ explainPermission(subject: "user:adam", permission: "can_grant_admin", object: "organization:northwind") { text } }`,
  },
  {
    as: 'employee:oda',
    query: `{ accessReview(object: "label:northwind", first: 50) { edges { node { subject role isEffective } } } }`,
  },
  {
    as: 'employee:oda',
    query: `{ accessRelationships(first: 100) { edges { node { subject relation object createdBy createdAt expiresAt } } pageInfo { hasNextPage } } }`,
  },
  {
    as: 'user:olga',
    query: `{ accessAuditEvents(filter: { object: "organization:northwind" }, first: 50) { edges { node {
      id at actor action outcome reason before { relationships { subject relation object } } after { relationships { subject relation object } } } } } }`,
  },
  { as: 'service:playlist-api', query: `{ authorizationModels(first: 10) { edges { node { id active } } } }` },
];

/** Parents before those that refer to them. */
const tables = [
  'term',
  'model',
  'object',
  'relationship',
  'change',
  'idempotency',
  'audit_event',
  'audit_mention',
  'store',
];

export async function readTables(url: string): Promise<PreviousRelease['tables']> {
  return withClient(url, async (sql) => {
    const found = new Map<string, string>();
    for (const table of tables) {
      const [row] = await sql.unsafe(`select coalesce(json_agg(t), '[]')::text as rows from ${table} as t`);
      found.set(table, String(row?.rows));
    }
    return Object.fromEntries(found);
  });
}

/** Fills tables that are as the version before had them. */
export async function writeTables(url: string, rows: PreviousRelease['tables']): Promise<void> {
  await withClient(url, async (sql) => {
    await sql`delete from store`;
    for (const table of tables) {
      const text = rows[table] ?? '[]';
      const columns = await writableColumns(sql, table);
      const insert = `insert into ${table} (${columns}) overriding system value select ${columns} from json_populate_recordset(null::${table}, $1::text::json)`;
      await sql.unsafe(insert, [text]);
    }
    for (const table of ['model', 'object']) {
      await sql.unsafe(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`);
    }
  });
}

/** All but those that the database computes from the others. */
async function writableColumns(sql: postgres.Sql, table: string): Promise<string> {
  const columns = await sql<{ name: string }[]>`
    select quote_ident(column_name) as name from information_schema.columns
    where table_name = ${table} and table_schema = 'public' and is_generated = 'NEVER' order by ordinal_position`;
  return columns.map(({ name }) => name).join(', ');
}

async function withClient<Value>(url: string, use: (sql: postgres.Sql) => Promise<Value>): Promise<Value> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await use(sql);
  } finally {
    await sql.end();
  }
}
