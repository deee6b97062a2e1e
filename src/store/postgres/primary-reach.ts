import { invariant } from '../../base/invariant.ts';
import { Barrier } from '../replica/barrier.ts';
import { rowsOf } from './connect.ts';
import type { Connections } from './connection-pool.ts';
import { goesOnFrom, type LastEvent, type SeenColumns, seenColumns, seenStateOf } from './last-event.ts';
import type { ModelCache } from './model-cache.ts';
import type { PrimaryPoint } from './primary-point.ts';
import type { TransactionSql } from './sql.ts';
import { utcText } from './utc-text.ts';

/**
 * Asks the primary how far it has come: whoever is answered was there before the question was sent, so a standby that has come as
 * far has everything that was committed when they came. All who come while a question is under way share the next one.
 */
export class PrimaryReach {
  readonly #barrier: Barrier<PrimaryPoint>;
  #last: PrimaryPoint | undefined;

  constructor(primary: Connections, models: ModelCache) {
    this.#barrier = new Barrier(async () => {
      const known = models.guessed;
      const seen = known?.seen;
      const { now, ...state } = await primary.read('check', (sql) => readReach(sql, seen));
      const isOf = known !== undefined && seen !== undefined && goesOnFrom(seen, state);
      if (isOf) models.confirms(known, true, state);
      const { identity, event, hash } = state;
      this.#last = { identity, event, hash, now, model: isOf ? known : undefined };
      return this.#last;
    });
  }

  /** Nobody who waits has heard of a later one. */
  get last(): PrimaryPoint | undefined {
    return this.#last;
  }

  async ask(): Promise<PrimaryPoint> {
    return (await this.#barrier.pass([])).outcome;
  }
}

async function readReach(sql: TransactionSql, seen: LastEvent | undefined) {
  const [row] = rowsOf(
    await sql<(SeenColumns & { now: string })[]>`
      select ${seenColumns(sql, seen)}, ${utcText(sql, sql`clock_timestamp()`)} as now from store`,
  );
  invariant(row !== undefined, 'the table "store" has its row');
  return { ...seenStateOf(row), now: row.now };
}
