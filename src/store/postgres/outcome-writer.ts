import { parseExactJson } from '../../base/exact-number.ts';
import { markOf } from '../../model/history-mark.ts';
import type { KeptOutcome, OutcomeWriter } from '../write-transaction.ts';
import { findOutcome } from './find-outcome.ts';
import type { TransactionSql } from './sql.ts';
import type { WriteLedger } from './write-ledger.ts';
import type { WriteTurn } from './write-turn.ts';

/** Keeps outcomes under the keys that callers chose. */
export class PostgresOutcomeWriter implements OutcomeWriter {
  readonly #sql: TransactionSql;
  readonly #turn: WriteTurn;
  /** Of the writes before this one that are not in the table yet. */
  readonly #kept: WriteLedger;

  constructor(sql: TransactionSql, turn: WriteTurn, kept: WriteLedger) {
    this.#sql = sql;
    this.#turn = turn;
    this.#kept = kept;
  }

  async find(actor: string, key: string): Promise<KeptOutcome | undefined> {
    this.#turn.seen.addOutcome({ actor, key });
    const isAsked = (one: { readonly actor: string; readonly key: string }) => one.actor === actor && one.key === key;
    const kept = this.#turn.ledger.outcomes.find(isAsked) ?? this.#kept.outcomes.find(isAsked);
    if (kept === undefined) return findOutcome(this.#sql, actor, key);
    const { requestHash, revision, audit, outcome } = kept;
    return { requestHash, revision, mark: markOf(audit.length, audit.hash), outcome: asStored(outcome) };
  }

  /** Where nothing changed there is no new revision, and the outcome does not promise one. */
  async store(actor: string, key: string, requestHash: string, outcome: unknown): Promise<void> {
    const { revision, audit } = await this.#turn.takeTurn();
    this.#turn.changed.outcomes.push({ actor, key });
    this.#turn.ledger.outcomes.push({ actor, key, requestHash, revision, audit, outcome });
  }
}

/** As it will be read back. */
function asStored(outcome: unknown): unknown {
  return parseExactJson(JSON.stringify(outcome));
}
