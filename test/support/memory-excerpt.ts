import type { Excerpt, ExcerptQuery } from '../../src/engine/excerpt.ts';
import { Meter } from '../../src/engine/meter.ts';
import type { Edge, EdgeSubject, NodeId } from '../../src/engine/ports.ts';
import type { PreparedModel } from '../../src/engine/prepared-model.ts';
import { formatObjectRef, type ObjectRef } from '../../src/model/object-ref.ts';

/** What a store in memory has. */
export interface MemoryFacts {
  readonly now: Date;
  readonly prepared: PreparedModel;
  readonly edges: readonly Edge[];
  readonly nodeOf: (object: ObjectRef) => NodeId | undefined;
}

/** An excerpt as its port defines it, to the letter and no more: what it does not promise is not in it. */
export function memoryExcerpt({ now, prepared, edges, nodeOf }: MemoryFacts, query: ExcerptQuery): Excerpt {
  const { demand } = query;
  const ends = new Set(
    query.subjects.flatMap((subject) => nodeOf(subject) ?? []).map((node) => endOf(node, undefined)),
  );
  const wildcards = new Set<string>(query.subjects.map(({ type }) => type));
  const leadsToEnd = ({ subject }: Edge) =>
    subject.kind === 'wildcard' ? wildcards.has(subject.type) : ends.has(keyOf(subject));
  for (let before = -1; before < ends.size; ) {
    before = ends.size;
    for (const edge of edges) {
      const sets = demand.sets.filter(({ written }) => written === edge.relation);
      if (leadsToEnd(edge)) for (const { held } of sets) ends.add(endOf(edge.object, held));
    }
  }
  const reached = new Set(query.objects.flatMap((object) => nodeOf(object) ?? []));
  for (const object of reached) {
    for (const edge of edges) {
      if (edge.object === object && isParent(edge, demand) && edge.subject.kind === 'object')
        reached.add(edge.subject.node);
    }
  }
  const isDirect = (edge: Edge) => reached.has(edge.object) && demand.direct.some((name) => name === edge.relation);
  const isWritten = (edge: Edge) => demand.sets.some(({ written }) => written === edge.relation);
  const leading = edges.filter((edge) => leadsToEnd(edge) && (isDirect(edge) || isWritten(edge)));
  const parents = edges.filter((edge) => reached.has(edge.object) && isParent(edge, demand));
  const excerpt: Excerpt = {
    now,
    prepared,
    identity: 'memory',
    mark: undefined,
    revision: 1,
    ageMs: 0,
    meter: new Meter(),
    subjects: query.subjects.map(nodeOf),
    objects: query.objects.map(nodeOf),
    leading: (object, relation) => leading.filter((edge) => edge.object === object && edge.relation === relation),
    parents: (object, relation) => parents.filter((edge) => edge.object === object && edge.relation === relation),
    conditions: [...leading, ...parents].flatMap(({ condition }) => condition?.name ?? []),
    apart: (meter) => ({ ...excerpt, meter }),
  };
  return excerpt;
}

function isParent({ relation, subject }: Edge, { parents }: ExcerptQuery['demand']): boolean {
  return subject.kind === 'object' && parents.includes(relation);
}

function keyOf(subject: Exclude<EdgeSubject, { kind: 'wildcard' }>): string {
  return endOf(subject.node, subject.kind === 'set' ? subject.relation : undefined);
}

function endOf(node: NodeId, relation: string | undefined): string {
  return `${node}#${relation ?? ''}`;
}

/** What an object is called here is its number. */
export function nodesByName(nodes: ReadonlyMap<string, NodeId>): MemoryFacts['nodeOf'] {
  return (object) => nodes.get(formatObjectRef(object));
}
