/**
 * Everything that is waited for on the way to an answer and to a commit, by name. Tests make each of them fail, hang, or end the
 * process: test/faults. What is waited for and is not in here fails a test.
 */

/** What is waited for besides statements. */
export const waits = {
  openSession: 'A session of the database is opened, and says what it is.',
  waitForSession: 'All sessions of a pool are in use.',
  waitForPlace: 'Others have all places of a lane.',
  shareStatement: 'A small question is answered by a statement that others may share.',
  shareCommit: 'A write is done, alone or with others, and committed.',
  shareEvent: 'An event that belongs to no write is appended, alone or with others.',
  readModelText: 'The text of a model is read in a thread of its own.',
  nextChange: 'Somebody writes.',
  passBarrier: 'The database proves a state of the replica.',
  decideBatch: 'The checks of one request are decided together.',
  fetchKeys: 'The keys of an issuer are fetched.',
  readSupergraph: 'The schema of a supergraph is read from its file.',
} as const satisfies Readonly<Record<string, string>>;

/** What is sent to the database: how the text begins, or what only this one has. */
export const statements = {
  inspectSession: /^with found as materialized \(select nullif\(current_setting\(/,
  begin: /^begin\b/,
  commit: /^commit$/,
  rollback: /^rollback$/,
  savepoint: /^savepoint write$/,
  rollbackToSavepoint: /^rollback to savepoint write$/,
  listen: /^listen /,
  ping: /^select exists \(select from relationship\)/,
  readActiveModel: /^select "deciding_model" from "store"$/,
  readCursorKey: /^select "cursor_key"/,
  readPosition: /^select "identity", "revision", clock_timestamp\(\)/,
  openSnapshot: /^select to_char\(clock_timestamp\(\).* as now, store\.revision, /,
  readExcerpt: /^with recursive (asked as materialized|held \(subject\)) /,
  readEdges: /^select \?::text as part, /,
  readNodes: /^select \( select coalesce\(json_agg\(object\.id order by q\.position\)/,
  readNames: /^select id, type, name from object where id = any\(/,
  readObjects: /^select id, name from object where type = \? and name > \?/,
  readNearIds: /^\(select name from object where type = /,
  readEdgesFrom: /^select e\.object, e\.relation, e\.subject, e\.subject_type, e\.condition, e\.context from unnest/,
  readEdgesTo: /^select e\.object, object\.type as object_type, e\.relation/,
  readSubjects: /^select distinct head\.subject from unnest/,
  readOrigins:
    /^select q\.position::int4 as position, e\.created_at, e\.created_by, e\.starts_at, e\.expires_at from unnest/,
  readParts: /^select part\.\* from unnest/,
  readGrants: /^select q\.range::int4 as range, g\.\*/,
  readHoldings: /^select object_term\.name as object_type, .* as subject_key from \( select head\.\* from/,
  readWritten: /^select object_term\.name as object_type, .* as subject_key from \( select e\.\* from relationship e/,
  readPermanentHolders: /^select q\.position::int4 as position, holder\.id as node/,
  readRelationships: /^select object_term\.name as object_type, .* e\.matches, e\.position from/,
  findRelationships: /^select object_term\.name as object_type, .* e\.position::int4 as position from/,
  readModel: /^select "model"\."id", .* from "store" inner join "model"/,
  readModels: /^select "model"\."id", .* from "store" cross join "model"/,
  readModelText: /^select "dsl", "modules" from "model"/,
  readPublished: /^select deciding_model as active_model, \(select max\(id\) from model\) as newest from store$/,
  readTerms: /^select kind, number, name from term$/,
  readChanges: /^select e\.revision, e\.operation, e\.model, .* from change e/,
  readBeginnings: /^select e\.starts_at <= \?::text::timestamptz as has_begun, /,
  readRemovedTo: /^select changes_removed_to as removed_to from store$/,
  readEvents: /^select e\.id, e\.revision, .* e\.request_id, e\.hash from \(/,
  readEventsEnd: /^select id from \(.* candidate order by .* limit 1$/,
  readAuditHead: /^select audit_start as start, audit_length as length/,
  readAuditChain: /^select e\.id, e\.revision, .* as mentions /,
  readAuditStrays: /^select coalesce\( \(select id from audit_event where id </,
  readModelDigest: /^select id as model, encode\(/,
  readModelHistory: /^select deciding_model as active, coalesce\(\(select jsonb_agg/,
  readHashes: /^select id, hash from \( select asked\.id, /,
  readReplaySteps: /^select e\.id as event, step\.kind, /,
  readRelationshipTexts: /^select object_term\.name \|\| ':' \|\| object\.name as object/,
  readLooseEnds: /^select count\(\*\) filter \(where e\.subject >= /,
  readClock: /^select to_char\(clock_timestamp\(\)[^)]*\) as now$/,
  readStateHead: /^select store\.identity, store\.revision, .* as now_micros from store$/,
  probe: /^select store\.identity, store\.revision, .* as now_micros, .* as hash_then, /,
  readHistoryProof: /^select store\.identity, \(select hash from audit_event where id = \?\) as hash_then from store$/,
  readSeenState: /^select store\.identity, store\.audit_length as event, store\.audit_head as hash, case when /,
  loadEdges: /^select coalesce\(json_agg\(object\), '\[\]'\)::text as objects/,
  loadTypes: /^select coalesce\(json_agg\(id\), '\[\]'\)::text as nodes/,
  limitLockWait: /^select set_config\('lock_timeout', /,
  lockStore: /^select from store for no key update$/,
  readStore: /^select revision, identity, deciding_model as active_model, audit_length, audit_head, /,
  findOutcome: /^select "request_hash", /,
  numberTerms: /^select q\.kind, q\.name, term\.number from unnest/,
  addTerms: /^insert into term /,
  findNodes: /^select q\.type, q\.name, object\.id from unnest/,
  addNodes: /^with found as materialized \( select q\.position/,
  deleteRelationships: /^with gone as \( delete from relationship /,
  upsertRelationships: /^insert into relationship /,
  guardModel: /^update store set guarded_model = /,
  insertChanges: /^insert into change /,
  insertModelChange: /^insert into "change" /,
  readProposals: /^select "digest", "content", /,
  countProposals: /^select "id" from "proposal"/,
  insertProposal: /^insert into "proposal" /,
  endProposal: /^update "proposal" set /,
  insertModel: /^insert into "model" /,
  activateModel: /^update "store" set "active_model" = /,
  insertEvents: /^insert into audit_event /,
  insertMentions: /^insert into audit_mention /,
  insertOutcomes: /^insert into idempotency /,
  saveStore: /^update store set revision = /,
  findExpired: /^with piece as \( select \* from relationship /,
  removeOutcomes: /^with piece as \( select actor, key, /,
  findOldEvents: /^select anchor\.event \+ 1 as from, /,
  removeEvents: /^select remove_audit_events\(/,
  joinUse: /^insert into use_server /,
  addGrantUse: /^insert into grant_use /,
  addSubjectUse: /^insert into subject_use /,
  tellUse: /^update use_server set /,
  readCoverage: /^select clock_timestamp\(\) as now, begun, /,
  readUsedGrants: /^select exists \( select from grant_use /,
  readUsedSubjects: /^select exists \( select from subject_use /,
  removeUse: /^with grants as \( delete from grant_use /,
  removeChanges: /^with old as \( select revision from audit_event /,
} as const satisfies Readonly<Record<string, RegExp>>;

/** The same where the store is on several servers, of those statements that are others there. */
export const distributedStatements = {
  shareState: /^select pg_catalog\.pg_advisory_xact_lock_shared\(/,
  tryState: /^select pg_catalog\.pg_try_advisory_xact_lock\(/,
  takeState: /^select pg_catalog\.pg_advisory_xact_lock\(/,
  readProof: /^select; select revision, /,
  advanceShards: /^update shard_revision /,
  writeInTurn: /^select pg_catalog\.set_config\('citus\./,
  readNodesApart: /^select q\.position::int4 as position, o\.id from unnest/,
  findNodesApart: /^select o\.type, o\.name, o\.id from unnest/,
  readTermNames: /^select term\.kind, term\.number, term\.name from unnest/,
  addNodesApart: /^insert into object /,
  readEdgesToApart: /^select e\.object, e\.relation, e\.subject, e\.subject_type from relationship e/,
  readSubjectsApart: /^select distinct e\.subject from (unnest|relationship e)/,
  readOriginsApart:
    /^select e\.object, e\.relation, e\.subject, e\.created_at, e\.created_by, e\.starts_at, e\.expires_at from (unnest|relationship e)/,
  readEdgesApart:
    /^select e\.object, e\.relation, e\.subject, e\.subject_type, e\.condition, e\.context from relationship e/,
  readGrantsApart: /^select (q\.range|\?)::int4 as range, e\.object/,
  readRows: /^select e\.object, [^()]* e\.context, e\.starts_at, e\.expires_at, e\.created_at, e\.created_by from /,
  examineRows: /^select e\.object, .* as matches from relationship e/,
  findExpiredApart: /^select e\.object, .* as is_ended from relationship e/,
  readHead: /^select e\.subject from relationship e/,
  readRelationNumbers: /^select number from term where kind = 'relation'$/,
  readObjectsFrom: /^select id, name from object where type = \?::int2/,
  loadEdgesApart: /^select e\.object, .* as context_text, /,
  readTextsApart: /^select e\.object, .* e\.context::text as context, e\.created_by, /,
  readLooseEndsApart: /^select e\.object, e\.relation, e\.subject, e\.subject_type, e\.condition from relationship e/,
  readLastRevision: /^select revision, \(select coalesce\(max\(revision\), 0\) from audit_event\)/,
  deleteApart: /^delete from relationship e where /,
  pingRelationships: /^select e\.object from relationship e limit 1$/,
  pingObjects: /^select id from object limit 1$/,
  pingTerms: /^select exists \(select from term\) from store$/,
} as const satisfies Readonly<Record<string, RegExp>>;

export type WaitName = keyof typeof waits;
export type StatementName = keyof typeof statements | keyof typeof distributedStatements;
export type FaultPoint = WaitName | StatementName;

const statementTexts: Readonly<Record<StatementName, RegExp>> = { ...statements, ...distributedStatements };
export const statementNames = Object.keys(statementTexts) as readonly StatementName[];
export const faultPoints: readonly FaultPoint[] = [...(Object.keys(waits) as WaitName[]), ...statementNames];

/** The names of a statement, however its parameters are numbered; there is to be one. */
export function namesOfStatement(text: string): readonly StatementName[] {
  const plain = text.replaceAll(/\$\d+/g, '?').replaceAll(/\s+/g, ' ').trim();
  return statementNames.filter((name) => statementTexts[name].test(plain));
}
