import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { firstObject } from '../packed-subject.ts';

/**
 * The tables. docs/decisions/0002-tables.md says why they are laid out like this; in short:
 *
 * - Names are interned: an edge is a row of numbers, and each name is stored once.
 * - Names compare byte by byte (`COLLATE "C"`): two ids that differ are two objects, in every locale.
 * - An edge's subject is one number, `relation * 2^37 + object`: a plain subject is below 2^37 and a subject set above,
 *   so one index answers "this subject", "all subject sets" and "all objects" as three ranges of the same key.
 * - Objects count from 8192; the numbers below are the wildcards of the types: `user:*` is the type number of `user`.
 * - No number exceeds 2^53, so all of them are numbers in JavaScript.
 * - How many relationships an object or a subject has is told to the planner by a migration (0007), and not found by analyzing:
 *   what is read for a question must not depend on what was stored when somebody last looked.
 */
const name = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/**
 * JSON of any kind. It is sent as text, so that nobody along the way makes JSON of it a second time, and it is read by the
 * connection, which keeps numbers exact.
 */
const json = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: (value) => sql`${JSON.stringify(value)}::text::jsonb`,
});

/** This database's identity and its one revision counter: the row that every write locks and advances. */
export const store = pgTable(
  'store',
  {
    id: smallint().primaryKey().default(1),
    identity: uuid().notNull().defaultRandom(),
    revision: bigint({ mode: 'number' }).notNull().default(0),
    /** Signs cursors; made here, so that it is secret, the same for all servers, and never a default. */
    cursorKey: text('cursor_key').notNull().default(sql`gen_random_uuid()::text || gen_random_uuid()::text`),
    /** The model that decides, for servers of every version. */
    activeModel: integer('active_model').references(() => model.id),
    /**
     * The same, instead of it, from the first relationship on that has a beginning: servers of before, which take what is to begin
     * for what counts, find no model, and decide nothing. See docs/decisions/0023-beginnings.md.
     */
    guardedModel: integer('guarded_model').references(() => model.id),
    decidingModel: integer('deciding_model').generatedAlwaysAs(sql`coalesce("guarded_model", "active_model")`),
    /** Events up to this one were written before the log was a chain. */
    auditStart: bigint('audit_start', { mode: 'number' }).notNull().default(0),
    /** How many audit events there are, and the hash of the last one. */
    auditLength: bigint('audit_length', { mode: 'number' }).notNull().default(0),
    auditHead: text('audit_head').notNull().default(''),
    /** What the revisions up to this one changed is not kept any more. */
    changesRemovedTo: bigint('changes_removed_to', { mode: 'number' }).notNull().default(0),
    /** When the oldest migration was made that a server has to know to work on these tables: docs/upgrading.md. */
    oldestSchema: bigint('oldest_schema', { mode: 'number' }).notNull().default(0),
  },
  (table) => [
    check('store_is_one_row', sql`${table.id} = 1`),
    check('store_model_is_guarded', sql`${table.guardedModel} is null or ${table.activeModel} is null`),
  ],
);

/** Published models; they are never changed or removed, so a roll-back is only a change of the row of the store. */
export const model = pgTable('model', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  dsl: text().notNull(),
  modules: json(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  createdBy: name('created_by'),
});

/** Numbers of types, relations and conditions; append-only and the same for all models. */
export const term = pgTable(
  'term',
  {
    kind: text({ enum: ['type', 'relation', 'condition'] }).notNull(),
    number: smallint().notNull(),
    name: name().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.number] }),
    unique('term_name').on(table.kind, table.name),
    check('term_number', sql`${table.number} > 0 AND (${table.kind} <> 'type' OR ${table.number} < 8192)`),
  ],
);

/** The objects that relationships name. A number is never used again, so it can be cached for ever. */
export const object = pgTable(
  'object',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity({ startWith: firstObject }),
    type: smallint().notNull(),
    name: name().notNull(),
  },
  (table) => [
    unique('object_name').on(table.type, table.name),
    check('object_id', sql`${table.id} >= 8192 AND ${table.id} < 137438953472`),
  ],
);

export const relationship = pgTable(
  'relationship',
  {
    object: bigint({ mode: 'number' }).notNull(),
    relation: smallint().notNull(),
    subject: bigint({ mode: 'number' }).notNull(),
    subjectType: smallint('subject_type').notNull(),
    condition: smallint(),
    context: jsonb().$type<Readonly<Record<string, unknown>>>(),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    createdBy: name('created_by'),
    revision: bigint({ mode: 'number' }).notNull(),
    startsAt: timestamp('starts_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.object, table.relation, table.subject] }),
    index('relationship_reverse').on(table.subject, table.relation, table.object),
    // What begins next, for whoever has to be told: most have no beginning.
    index('relationship_starts').on(table.startsAt).where(sql`${table.startsAt} is not null`),
  ],
);

/** What each revision changed, in commit order: the only source of invalidation, of watching and of replays. */
export const change = pgTable(
  'change',
  {
    revision: bigint({ mode: 'number' }).notNull(),
    ordinal: integer().notNull(),
    operation: text({ enum: ['write', 'delete', 'model'] }).notNull(),
    object: bigint({ mode: 'number' }),
    relation: smallint(),
    subject: bigint({ mode: 'number' }),
    subjectType: smallint('subject_type'),
    condition: smallint(),
    context: jsonb().$type<Readonly<Record<string, unknown>>>(),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    model: integer(),
    startsAt: timestamp('starts_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.revision, table.ordinal] })],
);

/**
 * Who did what, when and why; one row for each operation that changed something, in the same transaction, and one for each
 * attempt that was denied. Append-only: triggers refuse everything else, the application's role may only insert, and each
 * row carries a hash over itself and the row before it. The oldest may be removed, up to the anchor.
 */
export const auditEvent = pgTable(
  'audit_event',
  {
    id: bigint({ mode: 'number' }).primaryKey(),
    revision: bigint({ mode: 'number' }).notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    actor: name().notNull(),
    delegate: name(),
    action: text().notNull(),
    outcome: text({ enum: ['done', 'denied'] })
      .notNull()
      .default('done'),
    model: integer(),
    before: json().$type<readonly unknown[]>().notNull(),
    after: json().$type<readonly unknown[]>().notNull(),
    reason: text(),
    requestId: text('request_id'),
    hash: text().notNull().default(''),
  },
  (table) => [
    index('audit_event_revision').on(table.revision),
    index('audit_event_actor').on(table.actor, table.id),
    index('audit_event_action').on(table.action, table.id),
    index('audit_event_delegate').on(table.delegate, table.id),
    index('audit_event_at').on(table.at, table.id),
  ],
);

/**
 * Where the audit log begins after its oldest events were removed: the number and the hash of the last of those, from which the next
 * one follows. In a row of its own, which no write waits for. Only a function of the database moves it (see migration 0010), and only
 * the owner of the tables says how long events are kept.
 */
export const auditAnchor = pgTable(
  'audit_anchor',
  {
    id: smallint().primaryKey().default(1),
    event: bigint({ mode: 'number' }).notNull().default(0),
    hash: text().notNull().default(''),
    /** Null where nothing may be removed. */
    keepMs: bigint('keep_ms', { mode: 'number' }),
  },
  (table) => [
    check('audit_anchor_is_one_row', sql`${table.id} = 1`),
    check('audit_anchor_keeps', sql`${table.keepMs} > 0`),
  ],
);

/** The objects and subjects that audit events are about: found by name, newest first, and verified by event. */
export const auditMention = pgTable(
  'audit_mention',
  {
    kind: text({ enum: ['object', 'subject'] }).notNull(),
    name: name().notNull(),
    event: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.name, table.event] }),
    index('audit_mention_event').on(table.event),
  ],
);

/** Outcomes by the key that the caller chose, so that a repeated request is answered and not repeated. */
export const idempotency = pgTable(
  'idempotency',
  {
    actor: name().notNull(),
    key: name().notNull(),
    requestHash: text('request_hash').notNull(),
    revision: bigint({ mode: 'number' }).notNull(),
    /** The last event of the audit log then, and its hash; 0 and nothing in rows that older servers wrote. */
    event: bigint({ mode: 'number' }).notNull().default(0),
    hash: text().notNull().default(''),
    outcome: json().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.actor, table.key] })],
);

/**
 * Changes that somebody wants others to make. What is proposed never changes: the role of servers may only say how it ended, and
 * that its digest is still its content's is asked before it is approved.
 */
export const proposal = pgTable(
  'proposal',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    digest: text().notNull(),
    content: text().notNull(),
    found: text().notNull(),
    objects: json().$type<readonly string[]>().notNull(),
    proposer: name().notNull(),
    delegate: name(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    state: text({ enum: ['open', 'applied', 'rejected', 'withdrawn', 'stale'] })
      .notNull()
      .default('open'),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    endedBy: name('ended_by'),
    endReason: text('end_reason'),
  },
  (table) => [
    index('proposal_proposer').on(table.proposer, table.id),
    index('proposal_objects').using('gin', table.objects.op('jsonb_path_ops')),
    // What somebody has to decide: of all that were ever made, a few.
    index('proposal_open').on(table.id).where(sql`${table.state} = 'open'`),
    check('proposal_end', sql`(${table.state} = 'open') = (${table.endedAt} is null)`),
  ],
);

/**
 * Servers that answer checks, and up to when each of them has said what was used; one that does not count says so. What is claimed of
 * grants rests on it: see docs/decisions/0036-use-of-grants.md.
 */
export const useServer = pgTable('use_server', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  isCounting: boolean('is_counting').notNull(),
  startedAt: timestamp('started_at', { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  /** Everything before is counted; of one that does not count, when it was there the last time. */
  toldAt: timestamp('told_at', { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  /** When something was last not counted. */
  lostAt: timestamp('lost_at', { withTimezone: true }),
  endedAt: timestamp('ended_at', { withTimezone: true }),
});

/** On which days checks that somebody enforces rested on a relationship, and how many. Subjects are numbers and names, as an edge has them. */
export const grantUse = pgTable(
  'grant_use',
  {
    object: bigint({ mode: 'number' }).notNull(),
    relation: name().notNull(),
    /** 0 for a wildcard. */
    subject: bigint({ mode: 'number' }).notNull(),
    /** Empty unless it is a wildcard. */
    subjectType: name('subject_type').notNull(),
    /** Empty unless it is a subject set. */
    subjectRelation: name('subject_relation').notNull(),
    day: date().notNull(),
    uses: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({
      name: 'grant_use_pk',
      columns: [table.object, table.relation, table.subject, table.subjectType, table.subjectRelation, table.day],
    }),
    index('grant_use_day').on(table.day),
  ],
);

/** On which days a subject was allowed something that somebody enforces, and how much. */
export const subjectUse = pgTable(
  'subject_use',
  {
    subject: bigint({ mode: 'number' }).notNull(),
    day: date().notNull(),
    uses: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.day] }), index('subject_use_day').on(table.day)],
);
