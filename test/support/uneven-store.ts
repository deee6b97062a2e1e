import type { Sql } from '../../src/store/postgres/sql.ts';
import { dsl } from './parse.ts';

/**
 * A store of about 100,000 relationships that are spread unevenly, written as its owner.
 *
 * `folder:0` has 30,000 viewers and 30,000 parts, and `user:0` views 15,000 documents; everything else comes in small
 * numbers, and of type `rare` there are three objects. Every tenth viewer of `folder:0` has expired.
 */

/** The model that the store is for; it has to be published before. */
export const unevenModel = dsl({
  user: {},
  group: { member: '[user, group#member]' },
  folder: { parent: '[folder]', viewer: '[user, user:*, group#member]' },
  doc: { parent: '[folder]', viewer: '[user, user:*, group#member]', editor: '[user]' },
  rare: { holder: '[user]' },
});

/** The number of the first object of each type; the others follow it. */
export const firstOf = { user: 10_000, doc: 100_000, folder: 200_000, group: 300_000, rare: 400_000 } as const;

/** The store is written in steps, of which the first have something of everything. */
export const steps = 30_000;

const tables = ['relationship', 'object', 'change', 'idempotency', 'audit_event', 'audit_mention'];

/** Empties the tables and keeps the autovacuum from them, so that nobody analyzes them but the test. */
export async function emptyStore(owner: Sql): Promise<void> {
  for (const table of tables) {
    await owner`alter table ${owner(table)} set (autovacuum_enabled = false)`;
    // The audit log refuses it otherwise.
    await owner`alter table ${owner(table)} disable trigger user`;
    await owner`truncate ${owner(table)}`;
  }
  await owner`alter table object alter id restart 1000000`;
}

export async function seedAll(owner: Sql, first: number, last: number): Promise<void> {
  await seedObjects(owner, first, last);
  await seedRelationships(owner, first, last);
  await seedChanges(owner, first, last);
  await seedLog(owner, first, last);
}

async function seedObjects(owner: Sql, first: number, last: number): Promise<void> {
  await owner`
    insert into object (id, type, name) overriding system value
    select kind.first + n, term.number, n::text
    from generate_series(${first}::int, ${last}::int) n
    cross join (values
      ('user', ${firstOf.user}::int, ${steps}::int), ('doc', ${firstOf.doc}::int, ${steps}::int),
      ('folder', ${firstOf.folder}::int, 2000), ('group', ${firstOf.group}::int, 1000), ('rare', ${firstOf.rare}::int, 3)
    ) kind (name, first, size)
    join term on term.kind = 'type' and term.name = kind.name
    where n < kind.size`;
}

/** Those that are there already stay; with an object or a subject, only what is about its number. */
export async function seedRelationships(
  owner: Sql,
  first: number,
  last: number,
  only: { readonly object?: number; readonly subject?: number } = {},
): Promise<void> {
  await owner.unsafe(`
    insert into relationship (object, relation, subject, subject_type, starts_at, expires_at, revision)
    select e.object, relation.number, e.subject + coalesce(root.number, 0) * ${2 ** 37}::int8, type.number, e.starts_at, e.expires_at, 1
    from generate_series(${first}, ${last}) n
    cross join lateral (values
      (${steps}, ${firstOf.folder}, 'viewer', ${firstOf.user} + n, 'user', null,
        case n % 10 when 7 then timestamptz '2015-01-01' when 8 then timestamptz '2090-01-01' end + n * interval '1 minute',
        case when n % 10 = 9 then timestamptz '2020-01-01' end),
      (${steps}, ${firstOf.doc} + n, 'parent', ${firstOf.folder}, 'folder', null, null, null),
      (15000, ${firstOf.doc} + n, 'viewer', ${firstOf.user}, 'user', null, null, null),
      (${steps}, ${firstOf.doc} + n, 'editor', ${firstOf.user} + n % 5000, 'user', null, null, null),
      (1000, ${firstOf.group} + n, 'member', ${firstOf.user} + n, 'user', null, null, null),
      (999, ${firstOf.group} + n, 'member', ${firstOf.group} + n + 1, 'group', 'member', null, null),
      (2000, ${firstOf.folder} + n, 'viewer', ${firstOf.group} + n % 10, 'group', 'member', null, null),
      (2000, ${firstOf.folder} + n, 'parent', ${firstOf.folder} + n % 10, 'folder', null, null, null),
      (3, ${firstOf.rare} + n, 'holder', ${firstOf.user} + n, 'user', null, null, null)
    ) e (size, object, relation, subject, subject_type, subject_relation, starts_at, expires_at)
    join term relation on relation.kind = 'relation' and relation.name = e.relation
    join term type on type.kind = 'type' and type.name = e.subject_type
    left join term root on root.kind = 'relation' and root.name = e.subject_relation
    where n < e.size and ${only.object ?? 'e.object'} = e.object and ${only.subject ?? 'e.subject'} = e.subject
    on conflict do nothing`);
}

async function seedChanges(owner: Sql, first: number, last: number): Promise<void> {
  await owner`
    insert into change (revision, ordinal, operation, object, relation, subject, subject_type)
    select 10 + n / 3, n % 3, 'write', ${firstOf.doc}::int + n, 1, ${firstOf.user}::int, 1
    from generate_series(${first}::int, ${last}::int) n`;
  await owner`
    insert into idempotency (actor, key, request_hash, revision, outcome)
    select 'user:' || n % 3, n::text, '', 1, '{}' from generate_series(${first}::int, ${last}::int) n`;
}

async function seedLog(owner: Sql, first: number, last: number): Promise<void> {
  await owner`
    insert into audit_event (id, revision, at, actor, action, before, after)
    select n + 1, n, timestamptz '2026-01-01' + n * interval '1 minute', 'user:1', 'grantRole', '[]',
      jsonb_build_array(jsonb_build_object('object', 'doc:' || n, 'relation', 'viewer', 'subject', 'user:1'))
    from generate_series(${first}::int, ${last}::int) n`;
  await owner`
    insert into audit_mention
    select kind, name, n + 1 from generate_series(${first}::int, ${last}::int) n
    cross join lateral (values ('object', 'doc:' || n), ('subject', 'user:1')) as mention (kind, name)`;
}

export async function analyze(owner: Sql): Promise<void> {
  await owner.unsafe(`analyze ${[...tables, 'term'].join(', ')}`);
}

export async function vacuum(owner: Sql): Promise<void> {
  await owner.unsafe(`vacuum analyze ${[...tables, 'term'].join(', ')}`);
}
