import { invariant } from '../../../base/invariant.ts';
import { rowsOf } from '../connect.ts';
import type { TransactionSql } from '../sql.ts';

export interface InTurnResult<Row> {
  readonly rows: readonly Row[];
  /** How many rows were changed or read. */
  readonly count: number;
}

/**
 * Sends several statements without parameters as one text, so that each begins when the one before it has ended, and sees what was
 * committed by then: the driver may send those first that are asked for last.
 */
export async function sendInTurn<Row>(
  sql: TransactionSql,
  statements: readonly string[],
): Promise<readonly InTurnResult<Row>[]> {
  // The driver says nothing of texts with several statements: it answers with a list of results.
  const results = (await sql.unsafe(statements.join('; '))) as unknown as readonly (readonly Row[] & {
    readonly count: number;
    readonly command: string;
  })[];
  invariant(results.length === statements.length, 'each statement has its result');
  return results.map((result) => ({
    rows: result.command === 'SELECT' ? rowsOf(result) : [],
    count: result.count,
  }));
}
