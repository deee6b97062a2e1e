import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditFilter } from '../../src/store/audit-page.ts';
import { openConnection } from '../../src/store/postgres/connect.ts';
import type { Connection } from '../../src/store/postgres/connection.ts';
import { maxExaminedEvents, readAuditEvents } from '../../src/store/postgres/read-audit-events.ts';
import type { Sql, TransactionSql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { QueryPlans, type Statement } from '../support/query-plan.ts';

const database = useDatabase();
const statements: Statement[] = [];
const events = 100_000;
let owner: Sql;
let connection: Connection;
let sql: TransactionSql;
let plans: QueryPlans;

beforeAll(async () => {
  owner = connectAsOwner(database());
  await owner`alter table audit_event set (autovacuum_enabled = false)`;
  await owner`alter table audit_mention set (autovacuum_enabled = false)`;
  connection = await openConnection(database(), {
    statementTimeoutMs: 20_000,
    onStatement: (text, parameters) => statements.push({ text, parameters }),
  });
  sql = connection.sql;
  plans = new QueryPlans(sql);
});

afterAll(() => Promise.all([connection.close(), owner.end()]));

/** A log of a busy year, from its first event to its last: few actors and actions, a hot object, and names that are rare. */
async function log(first: number, last: number): Promise<void> {
  await owner`
    insert into audit_event (id, revision, at, actor, delegate, action, outcome, before, after)
    select n, n, timestamptz '2026-01-01' + n * interval '5 minutes',
      case when n % 1000 = 0 then 'user:rare' else 'user:' || n % 3 end,
      case when n % 3 = 0 then 'helper' when n % 7000 = 3 then 'seldom' end,
      case when n % 5000 = 0 then 'activateModel' else 'grantRole' end,
      case when n % 10000 = 1 then 'denied' else 'done' end, '[]',
      jsonb_build_array(jsonb_build_object('object', 'doc:' || n % 20000, 'relation', 'viewer', 'subject', 'user:s' || n % 7))
    from generate_series(${first}::int, ${last}::int) n`;
  await owner`
    insert into audit_mention
    select kind, name, n from generate_series(${first}::int, ${last}::int) n
    cross join lateral (values
      ('object', 'doc:' || n % 20000), ('object', 'doc:hot'), ('subject', 'user:s' || n % 7)) as mention (kind, name)`;
}

/** What the planner may know of the log: it must not matter, and nobody says when it comes to know it. */
const statistics: readonly (readonly [name: string, make: () => Promise<void>])[] = [
  [
    'was analyzed when it was short',
    () =>
      log(1, 3)
        .then(analyze)
        .then(() => log(4, events)),
  ],
  ['was analyzed', analyze],
  ['was vacuumed and analyzed', () => vacuum()],
];

async function analyze(): Promise<void> {
  await owner`analyze audit_event, audit_mention`;
}

async function vacuum(): Promise<void> {
  await owner`vacuum analyze audit_event, audit_mention`;
}

const year = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-09-01T00:00:00Z') };
const filters: readonly (readonly [filter: AuditFilter, before?: number])[] = [
  [{}],
  [{}, 50_000],
  [{ object: 'doc:77' }],
  [{ object: 'doc:hot' }],
  [{ object: 'doc:hot' }, 50_000],
  [{ object: 'doc:none' }],
  [{ subject: 'user:s3' }],
  [{ object: 'doc:77', subject: 'user:s3' }],
  [{ object: 'doc:hot', subject: 'user:s3' }],
  [{ actor: 'user:1' }],
  [{ actor: 'user:rare' }, 50_000],
  [{ actor: 'user:none' }],
  [{ action: 'grantRole' }],
  [{ action: 'activateModel' }],
  [{ outcome: 'denied' }],
  [{ actor: 'user:1', action: 'activateModel' }],
  [{ actor: 'user:1', outcome: 'denied' }],
  [{ action: 'grantRole', outcome: 'denied' }],
  [{ object: 'doc:hot', actor: 'user:rare' }],
  [{ object: 'doc:hot', action: 'activateModel', outcome: 'denied' }],
  [{ subject: 'user:s3', actor: 'user:rare', action: 'grantRole', outcome: 'done' }],
  [year],
  [year, 50_000],
  [{ ...year, actor: 'user:1' }],
  [{ ...year, action: 'activateModel' }],
  [{ ...year, object: 'doc:hot' }],
  [{ ...year, object: 'doc:hot', subject: 'user:s3', actor: 'user:1', action: 'grantRole', outcome: 'done' }],
  [{ from: new Date('2030-01-01T00:00:00Z') }],
  [{ to: new Date('2020-01-01T00:00:00Z') }],
  [{ without: ['user:1', 'user:2', 'user:0'] }],
  [{ actor: 'user:1', without: ['user:1'] }],
  // A tail: what was appended since.
  [{ after: 49_900 }, 50_001],
  [{ after: events }, events + 101],
  [{ object: 'doc:hot', after: 49_900 }, 50_001],
  [{ subject: 'user:s3', actor: 'user:rare', after: 49_900 }, 50_001],
  [{ actor: 'user:none', after: 49_900 }, 50_001],
  [{ outcome: 'denied', after: 49_900 }, 50_001],
  [{ actor: 'user:1', actions: ['activateModel', 'revokeRole'] }],
  [{ object: 'doc:hot', actions: ['activateModel'] }],
  [{ object: 'doc:hot', involving: { subject: 'user:s3', delegates: ['user:s3', 's3'] } }],
  [{ subject: 'user:s3', involving: { subject: 'doc:hot', delegates: ['doc:hot', 'hot'] } }],
  [{ actor: 'user:1', involving: { subject: 'user:s3', delegates: ['user:s3', 's3'] } }],
];

/** As many as lie between the ends, or as a page may. */
const mostExamined = ({ after }: AuditFilter, before = 0) => (after === undefined ? maxExaminedEvents : before - after);

describe.each(statistics)('in a log that %s', (_name, make) => {
  beforeAll(() => make().then(() => plans.forget()), 120_000);

  test.each(filters.map(([filter, before]) => [filter, before] as const))(
    '%j before %s scans no table, and reads no more than a page may',
    async (filter, before) => {
      await readAuditEvents(sql, filter, 20, before);
      statements.length = 0;
      await readAuditEvents(sql, filter, 20, before);
      const asked = statements.filter(({ text }) => text.includes('audit_event'));
      expect(asked.length).toBeGreaterThan(0);
      for (const statement of asked) {
        const steps = await plans.of(statement);
        const kinds = new Set(steps.map(({ kind }) => kind));
        expect([...kinds].filter((kind) => /Seq Scan|Sort|Hash|Bitmap|Materialize/.test(kind))).toEqual([]);
        expect(Math.max(...steps.map(({ examined }) => examined))).toBeLessThanOrEqual(mostExamined(filter, before));
      }
    },
  );
});

/** What several indexes have together is put in order again, and no more of each is read than a page may. */
const together: readonly (readonly [filter: AuditFilter, before?: number])[] = [
  [{ actions: ['activateModel', 'grantRole', 'revokeRole'] }],
  [{ actions: ['activateModel', 'revokeRole'] }, 50_000],
  [{ ...year, actions: ['activateModel', 'grantRole'] }],
  [{ involving: { subject: 'user:s3', delegates: ['user:s3', 's3'] } }],
  [{ involving: { subject: 'user:1', delegates: ['user:1', '1'] } }, 50_000],
  [{ involving: { subject: 'user:none', delegates: ['user:none', 'none'] } }],
  [{ ...year, involving: { subject: 'user:rare', delegates: ['user:rare', 'rare'] } }],
  [{ involving: { subject: 'user:helper', delegates: ['user:helper', 'helper'] } }],
  [{ involving: { subject: 'user:seldom', delegates: ['user:seldom', 'seldom'] } }, 50_000],
  [{ involving: { subject: 'doc:hot', delegates: ['doc:hot', 'hot'] }, outcome: 'denied' }],
];

describe('after all that', () => {
  test.each(together.map(([filter, before]) => [filter, before] as const))(
    '%j before %s scans no table, and reads no more of each index than a page may',
    async (filter, before) => {
      await plans.forget();
      statements.length = 0;
      await readAuditEvents(sql, filter, 20, before);
      const asked = statements.filter(({ text }) => text.includes('audit_event'));
      expect(asked.length).toBeGreaterThan(0);
      const parts = filter.involving ? 5 : 2 + (filter.actions ?? []).length;
      for (const statement of asked) {
        const steps = await plans.of(statement);
        const kinds = new Set(steps.map(({ kind }) => kind));
        expect([...kinds].filter((kind) => /Seq Scan|Bitmap|Materialize/.test(kind))).toEqual([]);
        for (const { kind, examined } of steps)
          expect([kind, examined <= (kind.includes('Index') ? 1 : parts) * maxExaminedEvents]).toEqual([kind, true]);
      }
    },
  );
});

test.each<[filter: AuditFilter, matches: (id: number) => boolean]>([
  [{ actions: ['activateModel', 'revokeRole'] }, (id) => id % 5000 === 0],
  [{ actions: ['activateModel', 'grantRole'], outcome: 'denied' }, (id) => id % 10_000 === 1],
  [
    { involving: { subject: 'user:rare', delegates: ['user:rare', 'rare'] }, action: 'activateModel' },
    (id) => id % 5000 === 0,
  ],
  [
    { involving: { subject: 'user:seldom', delegates: ['user:seldom', 'seldom'] } },
    (id) => id % 7000 === 3 && id % 3 !== 0,
  ],
  [{ involving: { subject: 'doc:77', delegates: ['doc:77', '77'] } }, (id) => id % 20_000 === 77],
  [
    { subject: 'user:s3', involving: { subject: 'doc:77', delegates: ['doc:77', '77'] } },
    (id) => id % 20_000 === 77 && id % 7 === 3,
  ],
  [
    { actor: 'user:rare', involving: { subject: 'user:s3', delegates: ['user:s3', 's3'] } },
    (id) => id % 1000 === 0 && id % 7 === 3,
  ],
  [{ involving: { subject: 'doc:77', delegates: ['doc:77', '77'] }, object: 'doc:77' }, (id) => id % 20_000 === 77],
  [
    { involving: { subject: 'user:s3', delegates: ['user:s3', 's3'] }, object: 'doc:77' },
    (id) => id % 20_000 === 77 && id % 7 === 3,
  ],
  [{ outcome: 'denied' }, (id) => id % 10_000 === 1],
  [{ actor: 'user:1', action: 'activateModel' }, () => false],
  [{ object: 'doc:77' }, (id) => id % 20_000 === 77],
  [{ object: 'doc:77', subject: 'user:s0' }, (id) => id % 20_000 === 77 && id % 7 === 0],
  [{ object: 'doc:hot', actor: 'user:rare' }, (id) => id % 1000 === 0],
  [{ action: 'activateModel', ...year }, (id) => id % 5000 === 0 && id >= at(year.from) && id < at(year.to)],
])('%j finds everything, newest first, page by page', async (filter, matches) => {
  const found: number[] = [];
  for (let before: number | undefined; ; ) {
    const page = await readAuditEvents(sql, filter, 7, before);
    found.push(...page.events.map(({ id }) => id));
    if (!page.hasMore) break;
    before = page.last;
  }
  const all = Array.from({ length: events }, (_, index) => events - index);
  expect(found).toEqual(all.filter(matches));
});

/** The first event at or after an instant. */
function at(instant: Date): number {
  return Math.ceil((instant.getTime() - Date.parse('2026-01-01T00:00:00Z')) / 300_000);
}
