import { at, type FaultPort } from '../../base/fault-port.ts';
import type { ExcerptQuery } from '../../engine/excerpt.ts';
import type { Connections } from './connection-pool.ts';
import type { KnownNodes } from './known-nodes.ts';
import type { KnownModel } from './model-cache.ts';
import { NotCaughtUp, type PrimaryPoint } from './primary-point.ts';
import { type ExcerptRows, type ExcerptsQuery, readExcerpt } from './read-excerpt.ts';

/** What was read for a question, and how many shared it. Its edges may be more than the question asks for. */
export interface SharedRows extends ExcerptRows {
  readonly sharers: number;
}

interface Waiting {
  readonly known: KnownModel;
  readonly query: ExcerptQuery;
  readonly resolve: (rows: SharedRows | undefined | Promise<SharedRows | undefined>) => void;
}

/**
 * Reads excerpts. Most of what a small one costs is its statement, whatever that asks for: those that come while enough statements
 * are under way wait for one of these to end, and share the next. Each is answered by a statement that was sent after it came.
 *
 * Nobody gets less for it: where there is too much of what was asked together, or the statement fails, each is asked for itself.
 */
export class ExcerptLine {
  readonly #connections: Connections;
  readonly #known: KnownNodes;
  readonly #faults: FaultPort | undefined;
  readonly #reach: () => PrimaryPoint | undefined;
  #waiting: Waiting[] = [];
  #underWay = 0;

  /** `reach` is, for those of a standby, the state of the primary that was heard of last. */
  constructor(
    connections: Connections,
    known: KnownNodes,
    faults?: FaultPort,
    reach: () => PrimaryPoint | undefined = nothing,
  ) {
    this.#connections = connections;
    this.#known = known;
    this.#faults = faults;
    this.#reach = reach;
  }

  read(known: KnownModel, query: ExcerptQuery): Promise<SharedRows | undefined> {
    if (sizeOf(query) > mostShared) return this.readAlone(known, query);
    return at(this.#faults, 'shareStatement', () => this.#share(known, query));
  }

  #share(known: KnownModel, query: ExcerptQuery): Promise<SharedRows | undefined> {
    return new Promise((resolve) => {
      this.#waiting.push({ known, query, resolve });
      this.#serve();
    });
  }

  async readAlone(known: KnownModel, query: ExcerptQuery): Promise<SharedRows | undefined> {
    const { model } = known;
    const asked = { ...query, demands: [query.demand], ...this.#since(known) };
    const rows = await this.#connections.read('check', (sql) => readExcerpt(sql, model.terms, asked, this.#known));
    return rows && { ...rows, sharers: 1 };
  }

  #serve(): void {
    if (this.#underWay >= mostAtOnce) return;
    const together = this.#take();
    if (together.length === 0) return;
    this.#underWay += 1;
    void this.#answer(together).finally(() => {
      this.#underWay -= 1;
      this.#serve();
    });
  }

  /** Those that have waited the longest, under one model. */
  #take(): readonly Waiting[] {
    const [first] = this.#waiting;
    const [taken, left]: [Waiting[], Waiting[]] = [[], []];
    for (const one of this.#waiting)
      (one.known === first?.known && taken.length < mostSharers ? taken : left).push(one);
    this.#waiting = left;
    return taken;
  }

  async #answer(together: readonly Waiting[]): Promise<void> {
    const alone = ({ known, query, resolve }: Waiting) => {
      const rows = this.readAlone(known, query);
      resolve(rows);
      return rows.then(nothing, nothing);
    };
    const [first, ...others] = together;
    if (first === undefined) return;
    if (others.length === 0) return alone(first);
    const rows = await this.#readTogether(first.known, together).catch(nothing);
    if (rows === undefined) await Promise.all(together.map(alone));
    else hand(rows, together);
  }

  /** A later state of the primary than that which somebody heard of who waits is as good. */
  #since(known: KnownModel): Pick<ExcerptsQuery, 'modelSince' | 'now'> {
    const reach = this.#reach();
    if (reach === undefined) return { modelSince: known.seen };
    if (reach.model !== known) throw new NotCaughtUp();
    return { modelSince: reach, now: reach.now };
  }

  async #readTogether(known: KnownModel, together: readonly Waiting[]): Promise<ExcerptRows | undefined> {
    const { model } = known;
    const asked = {
      subjects: together.flatMap(({ query }) => query.subjects),
      objects: together.flatMap(({ query }) => query.objects),
      demands: together.map(({ query }) => query.demand),
      ...this.#since(known),
    };
    return this.#connections.read('check', (sql) => readExcerpt(sql, model.terms, asked, this.#known));
  }
}

/** Objects and subjects of a question that is small, and questions that share a statement. */
const mostShared = 16;
const mostSharers = 16;
/** Shared statements that are under way at once: with more of them, fewer would share each. */
const mostAtOnce = 2;

function sizeOf({ subjects, objects }: ExcerptQuery): number {
  return subjects.length + objects.length;
}

function hand(rows: ExcerptRows, together: readonly Waiting[]): void {
  const [subjects, objects] = [[...rows.subjects], [...rows.objects]];
  for (const { query, resolve } of together) {
    const own = {
      subjects: subjects.splice(0, query.subjects.length),
      objects: objects.splice(0, query.objects.length),
    };
    resolve({ ...rows, ...own, sharers: together.length });
  }
}

function nothing(): undefined {
  return undefined;
}
