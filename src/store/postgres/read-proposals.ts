import { and, desc, eq, lt, ne, not, sql as part } from 'drizzle-orm';
import type { ProposalFilter, StoredProposal } from '../stored-proposal.ts';
import { isOver, proposalColumns, storedProposalOf } from './proposal-rows.ts';
import { runQuery } from './run-query.ts';
import type { TransactionSql } from './sql.ts';
import { proposal } from './tables.ts';

/** A proposal by its number; undefined when there is none. */
export async function readProposal(sql: TransactionSql, id: number): Promise<StoredProposal | undefined> {
  const [row] = await runQuery(sql, (queries) =>
    queries.select(proposalColumns).from(proposal).where(eq(proposal.id, id)),
  );
  return row && storedProposalOf(row);
}

/** Proposals, the newest first; at most `first`, of those below `before`. */
export async function readProposals(
  sql: TransactionSql,
  { object, proposer, openNotBy }: ProposalFilter,
  first: number,
  before: number | undefined,
): Promise<readonly StoredProposal[]> {
  const isOn = object === undefined ? undefined : part`${proposal.objects} @> ${JSON.stringify([object])}::text::jsonb`;
  const isOpen = openNotBy === undefined ? undefined : and(ne(proposal.proposer, openNotBy), isStillOpen());
  const isBy = proposer === undefined ? undefined : eq(proposal.proposer, proposer);
  const isBefore = before === undefined ? undefined : lt(proposal.id, before);
  const rows = await runQuery(sql, (queries) =>
    queries
      .select(proposalColumns)
      .from(proposal)
      .where(and(isOn, isOpen, isBy, isBefore))
      .orderBy(desc(proposal.id))
      .limit(first),
  );
  return rows.map(storedProposalOf);
}

/** How many proposals of somebody are open. */
export async function countOpenProposals(sql: TransactionSql, proposer: string): Promise<number> {
  const rows = await runQuery(sql, (queries) =>
    queries
      .select({ id: proposal.id })
      .from(proposal)
      .where(and(eq(proposal.proposer, proposer), isStillOpen())),
  );
  return rows.length;
}

/** It was not ended, and its time is not over. */
export function isStillOpen() {
  return and(eq(proposal.state, 'open'), not(isOver));
}
