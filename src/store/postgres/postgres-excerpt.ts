import type { Excerpt } from '../../engine/excerpt.ts';
import type { Meter } from '../../engine/meter.ts';
import type { Edge, NodeId } from '../../engine/ports.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import type { HistoryMark } from '../../model/history-mark.ts';
import type { ConditionName, RelationName } from '../../model/names.ts';
import type { ExcerptRows } from './read-excerpt.ts';

/** What one statement found, by where its edges start. */
export class PostgresExcerpt implements Excerpt {
  readonly now: Date;
  readonly identity: string;
  readonly revision: number;
  readonly mark: HistoryMark | undefined;
  readonly ageMs = 0;
  readonly prepared: PreparedModel;
  readonly meter: Meter;
  readonly subjects: readonly (NodeId | undefined)[];
  readonly objects: readonly (NodeId | undefined)[];
  readonly conditions: ReadonlySet<ConditionName>;
  readonly #edges: Pick<ExcerptRows, 'leading' | 'parents'>;

  /** `sharers` are the questions that the edges were read for: each pays its part of it. */
  constructor(
    rows: Omit<ExcerptRows, 'activeModel' | 'event' | 'hash' | 'isOfModel' | 'isOfStandby'>,
    prepared: PreparedModel,
    meter: Meter,
    sharers = 1,
  ) {
    this.now = rows.now;
    this.identity = rows.identity;
    this.revision = rows.revision;
    this.mark = rows.mark;
    this.subjects = rows.subjects;
    this.objects = rows.objects;
    this.conditions = rows.conditions;
    this.prepared = prepared;
    this.meter = meter;
    this.#edges = rows;
    meter.charge(Math.ceil(rows.size / sharers));
  }

  /** Everything was read, and paid for. */
  apart(_meter: Meter): Excerpt {
    return this;
  }

  leading(object: NodeId, relation: RelationName): readonly Edge[] {
    return this.#edges.leading.at(object, relation) ?? none;
  }

  parents(object: NodeId, relation: RelationName): readonly Edge[] {
    return this.#edges.parents.at(object, relation) ?? none;
  }
}

const none: readonly Edge[] = [];
