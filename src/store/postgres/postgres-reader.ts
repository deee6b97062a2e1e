import { sql as part } from 'drizzle-orm';
import { invariant } from '../../base/invariant.ts';
import { DeadlineExceeded } from '../../base/with-deadline.ts';
import type { Excerpt, ExcerptQuery } from '../../engine/excerpt.ts';
import { Meter, maxSteps } from '../../engine/meter.ts';
import type { SnapshotOptions } from '../../engine/ports.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import { markOf } from '../../model/history-mark.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Seat } from '../lanes.ts';
import { NoModel } from '../no-model.ts';
import type { PublishedModels, ReadState, StoreReader, TimedPosition } from '../store-reader.ts';
import { UnreadableModel } from '../unreadable-model.ts';
import { beforeEachStatement } from './before-each-statement.ts';
import { rowsOf } from './connect.ts';
import type { Connections } from './connection-pool.ts';
import type { ExcerptLine, SharedRows } from './excerpt-line.ts';
import { findOutcome } from './find-outcome.ts';
import type { KnownModel, LoadsModels, ModelCache } from './model-cache.ts';
import { PostgresExcerpt } from './postgres-excerpt.ts';
import { PostgresSnapshot, type SnapshotPlace } from './postgres-snapshot.ts';
import { NotCaughtUp, type PrimaryPoint } from './primary-point.ts';
import { readAuditEvents } from './read-audit-events.ts';
import { readModel, readModels } from './read-model.ts';
import { readProposal, readProposals } from './read-proposals.ts';
import { runQuery } from './run-query.ts';
import type { Shapes } from './shapes.ts';
import type { TransactionSql } from './sql.ts';
import { store } from './tables.ts';
import { readTerms } from './terms.ts';

interface PublishedRow {
  readonly active_model: number | null;
  readonly newest: number | null;
}

/** What the readers of a store share. */
export interface ReaderParts {
  readonly models: ModelCache;
  readonly excerpts: ExcerptLine;
  readonly shapes: Shapes;
  /** Whether what is asked may take long. */
  readonly isForLong?: boolean;
  /** Of a standby: asks the primary how far each state must have come; a state that has not ends with `NotCaughtUp`. */
  readonly reach?: () => Promise<PrimaryPoint>;
}

/** Opens snapshots as read-only transactions that see one committed state to their end. */
export class PostgresReader implements StoreReader {
  readonly #connections: Connections;
  readonly #models: ModelCache;
  readonly #excerpts: ExcerptLine;
  readonly #shapes: Shapes;
  readonly #isForLong: boolean;
  readonly #reach: ReaderParts['reach'];
  readonly #timeoutMs: number;
  readonly #seat: Seat;
  readonly #excerptSeat: Seat;

  /** A snapshot that takes longer than `timeoutMs` from its turn on, waiting for a connection included, ends with an error. */
  constructor(
    connections: Connections,
    { models, excerpts, shapes, isForLong = false, reach }: ReaderParts,
    timeoutMs: number,
    seat: Seat,
    excerptSeat = seat,
  ) {
    this.#connections = connections;
    this.#models = models;
    this.#excerpts = excerpts;
    this.#shapes = shapes;
    this.#isForLong = isForLong;
    this.#reach = reach;
    this.#timeoutMs = timeoutMs;
    this.#seat = seat;
    this.#excerptSeat = excerptSeat;
  }

  async withSnapshot<Answer>(
    objects: readonly ObjectRef[],
    use: (snapshot: PostgresSnapshot) => Promise<Answer>,
    { modelId }: SnapshotOptions = {},
  ): Promise<Answer> {
    return this.#read(async (place, reach) => {
      const options = { modelId, payer: this.#seat.payer, reach };
      const snapshot = await PostgresSnapshot.open(place, objects, options);
      if (modelId === undefined) this.#models.lastActive = snapshot.model.id;
      return use(snapshot);
    });
  }

  /** One statement that is its own transaction: nothing is asked of its state afterwards. */
  async withExcerpt<Answer>(
    plan: (prepared: PreparedModel) => ExcerptQuery | undefined,
    use: (excerpt: Excerpt) => Answer | undefined | Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    if (!this.#shapes.hasExcerpts) return undefined;
    return this.#excerptSeat.turn(
      () => this.#models.withModels((models) => this.#tryExcerpt(models, plan, use)),
      'A read of the database',
    );
  }

  async #tryExcerpt<Answer>(
    models: LoadsModels,
    plan: (prepared: PreparedModel) => ExcerptQuery | undefined,
    use: (excerpt: Excerpt) => Answer | undefined | Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    // Once more at most: whether the model that was thought to be active is, is known from the statement alone.
    for (const _attempt of [1, 2]) {
      const reach = await this.#reach?.();
      const known = this.#guess(models);
      const query = known && plan(known.model.prepared);
      if (known === undefined || query === undefined) return undefined;
      if (reach !== undefined && reach.model !== known) throw new NotCaughtUp();
      const answered = await this.#answerFrom(await this.#excerpts.read(known, query), known, query, use);
      if (answered.kind === 'answer') return answered.answer;
      this.#models.lastActive = answered.activeModel ?? undefined;
    }
    return undefined;
  }

  async #answerFrom<Answer>(
    rows: SharedRows | undefined,
    known: KnownModel,
    query: ExcerptQuery,
    use: (excerpt: Excerpt) => Answer | undefined | Promise<Answer | undefined>,
  ): Promise<AnswerFromRows<Answer>> {
    if (rows === undefined) return { kind: 'answer', answer: undefined };
    const { activeModel, sharers } = rows;
    if (this.#reach !== undefined && !(rows.isOfModel && rows.isOfStandby)) throw new NotCaughtUp();
    // The same number may be another model's in another history.
    const isOfModel = this.#models.confirms(known, rows.isOfModel, rows);
    if (!isOfModel || activeModel !== known.model.id) return { kind: 'other model', activeModel };
    const meter = new Meter(maxSteps, this.#seat.payer);
    const answer = await use(new PostgresExcerpt(rows, known.model.prepared, meter, sharers));
    if (answer !== undefined || sharers === 1) return { kind: 'answer', answer };
    // What stood in the way may have been read for others.
    return this.#answerFrom(await this.#excerpts.readAlone(known, query), known, query, use);
  }

  /** The model that was active when somebody looked last; undefined where only a snapshot can say what there is. */
  #guess(models: LoadsModels): KnownModel | undefined {
    try {
      return models.guess();
    } catch (error) {
      if (!(error instanceof UnreadableModel)) throw error;
      // Another one may be active by now, and as long as it is thought that this one is, nobody would find out.
      this.#models.lastActive = undefined;
      return undefined;
    }
  }

  async withModels<Answer>(
    objects: readonly ObjectRef[],
    use: (snapshot: PostgresSnapshot, models: PublishedModels) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    return this.#read(async (place) => {
      const { sql, models } = place;
      const [row] = rowsOf(
        await sql<
          PublishedRow[]
        >`select deciding_model as active_model, (select max(id) from model) as newest from store`,
      );
      if (row?.newest === null || row === undefined) throw new NoModel('No authorization model is published.');
      if (row.active_model === null) return undefined;
      const options = { modelId: row.active_model, terms: await readTerms(sql), payer: this.#seat.payer };
      const snapshot = await PostgresSnapshot.open(place, objects, options);
      return use(snapshot, { newest: { id: row.newest }, load: (id) => snapshot.loadPrepared(id, models) });
    }, true);
  }

  async withState<Answer>(use: (state: ReadState) => Promise<Answer>): Promise<Answer> {
    const { payer } = this.#seat;
    return this.#read(({ sql, shapes, models }) =>
      use({
        open: (objects) => PostgresSnapshot.open({ sql, shapes, models }, objects, { payer }),
        hasOutcome: async (actor, key) => (await findOutcome(sql, actor, key)) !== undefined,
        position: () => readPosition(sql),
        readRelationships: (filter, first, after) => shapes.readRelationships(sql, filter, first, after),
        readAuditEvents: (filter, first, before) => readAuditEvents(sql, filter, first, before),
        readModel: (id) => readModel(sql, id),
        readModels: (first, before) => readModels(sql, first, before),
        readProposal: (id) => readProposal(sql, id),
        readProposals: (filter, first, before) => readProposals(sql, filter, first, before),
      }),
    );
  }

  get timeoutMs(): number {
    return this.#timeoutMs;
  }

  #read<Answer>(
    use: (place: SnapshotPlace, reach: PrimaryPoint | undefined) => Promise<Answer>,
    isForLong = this.#isForLong,
  ): Promise<Answer> {
    // Whoever gave up waiting still has its place until the database has done with it.
    return this.#seat.turn(() => {
      const end = performance.now() + this.#timeoutMs;
      return this.#models.withModels(async (models) => {
        const reach = await this.#reach?.();
        const shapes = this.#shapes;
        const inState = isForLong ? shapes.inLongState : shapes.inState;
        return inState(this.#connections, 'snapshot', (sql) => use({ sql: untilEnd(sql, end), shapes, models }, reach));
      });
    }, 'A read of the database');
  }
}

/** What became of a question in the rows that were read for it. */
type AnswerFromRows<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer | undefined }
  | { readonly kind: 'other model'; readonly activeModel: number | null };

/** The same, but no statement begins after the end: nobody waits for its answer, and others wait for the connection. */
function untilEnd(transaction: TransactionSql, end: number): TransactionSql {
  return beforeEachStatement(transaction, () => {
    if (performance.now() >= end) throw new DeadlineExceeded('The time of a read of the database is over.');
  });
}

async function readPosition(sql: TransactionSql): Promise<TimedPosition> {
  const { identity, revision, auditLength, auditHead } = store;
  const now = part<Date>`clock_timestamp()`;
  const [row] = await runQuery(sql, (queries) =>
    queries.select({ identity, revision, now, auditLength, auditHead }).from(store),
  );
  invariant(row !== undefined, 'the table "store" has its row');
  return { identity: row.identity, revision: row.revision, now: row.now, mark: markOf(row.auditLength, row.auditHead) };
}
