import { and, eq, sql as part } from 'drizzle-orm';
import { invariant } from '../../base/invariant.ts';
import type { NewProposal, ProposalEnd, StoredProposal } from '../stored-proposal.ts';
import type { ProposalWriter } from '../write-transaction.ts';
import { proposalColumns, storedProposalOf } from './proposal-rows.ts';
import { countOpenProposals, isStillOpen, readProposal } from './read-proposals.ts';
import { runQuery } from './run-query.ts';
import type { TransactionSql } from './sql.ts';
import { proposal } from './tables.ts';
import type { WriteTurn } from './write-turn.ts';

/** Keeps proposals. Writes in the same transaction know nothing of them, so whoever has looked at one has looked at everything. */
export class PostgresProposalWriter implements ProposalWriter {
  readonly #sql: TransactionSql;
  readonly #turn: WriteTurn;

  constructor(sql: TransactionSql, turn: WriteTurn) {
    this.#sql = sql;
    this.#turn = turn;
  }

  async countOpen(proposer: string): Promise<number> {
    this.#turn.seen.addEverything();
    return countOpenProposals(this.#sql, proposer);
  }

  async find(id: number): Promise<StoredProposal | undefined> {
    this.#turn.seen.addEverything();
    return readProposal(this.#sql, id);
  }

  async add({ delegate, ...added }: NewProposal): Promise<StoredProposal> {
    await this.#begin();
    const [row] = await runQuery(this.#sql, (queries) =>
      queries
        .insert(proposal)
        .values({ ...added, delegate: delegate ?? null })
        .returning(proposalColumns),
    );
    invariant(row !== undefined, 'a proposal that is stored has a number');
    return storedProposalOf(row);
  }

  async end(id: number, { state, by, reason }: ProposalEnd): Promise<StoredProposal | undefined> {
    await this.#begin();
    const [row] = await runQuery(this.#sql, (queries) =>
      queries
        .update(proposal)
        .set({ state, endedAt: part`clock_timestamp()`, endedBy: by, endReason: reason ?? null })
        .where(and(eq(proposal.id, id), isStillOpen()))
        .returning(proposalColumns),
    );
    return row && storedProposalOf(row);
  }

  async #begin(): Promise<void> {
    await this.#turn.takePen();
    this.#turn.changed.isEverything = true;
  }
}
