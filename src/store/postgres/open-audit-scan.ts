import type { AuditScan, RelationshipTexts, ReplaySteps } from '../audit-scan.ts';
import { readAuditHead } from './read-audit-chain.ts';
import { readModelHistory } from './read-model-history.ts';
import { type RelationshipPlace, readClock, readReplaySteps } from './read-replay.ts';
import type { Shapes } from './shapes.ts';
import type { TransactionSql } from './sql.ts';

/** A thousand events with a thousand relationships each would not fit; relationships are small. */
const eventsPerPage = 100;
const relationshipsPerPage = 2000;

/** Scans the state that a transaction sees. */
export function openAuditScan(sql: TransactionSql, shapes: Shapes): AuditScan {
  return {
    head: () => readAuditHead(sql),
    steps: () => scanSteps(sql),
    relationships: () => scanRelationships(sql, shapes),
    models: (after) => readModelHistory(sql, 0, after),
    looseEnds: () => shapes.readLooseEnds(sql),
    now: () => readClock(sql),
  };
}

async function* scanSteps(sql: TransactionSql): AsyncGenerator<ReplaySteps, void, undefined> {
  for (let after = 0; ; ) {
    const page = await readReplaySteps(sql, after, eventsPerPage);
    if (page === undefined) return;
    yield page;
    after = page.last;
  }
}

async function* scanRelationships(
  sql: TransactionSql,
  { readRelationshipTexts }: Shapes,
): AsyncGenerator<readonly RelationshipTexts[], void, undefined> {
  for (let after: RelationshipPlace = { object: 0, relation: 0, subject: 0 }; ; ) {
    const page = await readRelationshipTexts(sql, after, relationshipsPerPage);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.place;
  }
}
