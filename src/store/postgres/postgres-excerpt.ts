import { EdgeTable } from '../../engine/check/edge-table.ts';
import type { Excerpt } from '../../engine/excerpt.ts';
import type { Meter } from '../../engine/meter.ts';
import type { Edge, NodeId } from '../../engine/ports.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import type { ConditionName, RelationName } from '../../model/names.ts';
import type { ExcerptRows } from './read-excerpt.ts';

/** What one statement found, by where its edges start. */
export class PostgresExcerpt implements Excerpt {
  readonly now: Date;
  readonly identity: string;
  readonly revision: number;
  readonly ageMs = 0;
  readonly prepared: PreparedModel;
  readonly meter: Meter;
  readonly subjects: readonly (NodeId | undefined)[];
  readonly objects: readonly (NodeId | undefined)[];
  readonly conditions: ReadonlySet<ConditionName>;
  readonly #leading: EdgeTable;
  readonly #parents: EdgeTable;

  constructor(rows: Omit<ExcerptRows, 'activeModel'>, prepared: PreparedModel, meter: Meter) {
    this.now = rows.now;
    this.identity = rows.identity;
    this.revision = rows.revision;
    this.subjects = rows.subjects;
    this.objects = rows.objects;
    this.prepared = prepared;
    this.meter = meter;
    const { parents, leading } = rows;
    meter.charge(parents.length + leading.length);
    this.conditions = new Set([...parents, ...leading].flatMap(({ condition }) => condition?.name ?? []));
    this.#leading = tableOf(leading);
    this.#parents = tableOf(parents);
  }

  leading(object: NodeId, relation: RelationName): readonly Edge[] {
    return this.#leading.at(object, relation) ?? none;
  }

  parents(object: NodeId, relation: RelationName): readonly Edge[] {
    return this.#parents.at(object, relation) ?? none;
  }
}

const none: readonly Edge[] = [];

function tableOf(edges: readonly Edge[]): EdgeTable {
  const table = new EdgeTable();
  for (const edge of edges) table.add(edge);
  return table;
}
