import type { Excerpt, ExcerptQuery } from '../../src/engine/excerpt.ts';
import { Meter } from '../../src/engine/meter.ts';
import type {
  DirectProbe,
  Edge,
  EdgeAnswer,
  EdgeQuery,
  EdgeSource,
  EdgeSubject,
  ExcerptReader,
  NodeId,
  ReverseEdge,
  ReverseQuery,
  Snapshot,
  SnapshotReader,
} from '../../src/engine/ports.ts';
import type { PreparedModel } from '../../src/engine/prepared-model.ts';
import type { TypeName } from '../../src/model/names.ts';
import { formatObjectRef, type ObjectRef } from '../../src/model/object-ref.ts';
import { isLiveAt, type Relationship } from '../../src/model/relationship.ts';
import type { SubjectRef } from '../../src/model/subject-ref.ts';
import { portionOf } from '../../src/store/portion-of.ts';
import { memoryExcerpt, nodesByName } from './memory-excerpt.ts';

/** What the clock of all edges in memory says. */
export const now = new Date('2026-03-01T12:00:00.000Z');

/** Relationships in an array, read as the engine reads a store; it numbers objects as it likes and counts its reads. */
export class MemoryEdges implements SnapshotReader, ExcerptReader {
  /** How often edges were read since the store was made. */
  reads = 0;
  readonly #prepared: PreparedModel;
  readonly #nodes = new Map<string, NodeId>();
  readonly #edges: readonly Edge[];

  constructor(prepared: PreparedModel, relationships: readonly Relationship[]) {
    this.#prepared = prepared;
    const live = relationships.filter((one) => isLiveAt(one, now));
    this.#edges = live.map((relationship) => this.#edgeOf(relationship));
  }

  async withSnapshot<Answer>(
    _objects: readonly ObjectRef[],
    use: (snapshot: Snapshot) => Promise<Answer>,
  ): Promise<Answer> {
    return use({
      now,
      identity: 'memory',
      mark: undefined,
      revision: 1,
      ageMs: 0,
      prepared: this.#prepared,
      meter: new Meter(),
      resolve: async (asked) => asked.map((object) => this.#nodes.get(formatObjectRef(object))),
      readEdges: (query) => this.#readEdges(query),
      readExcerpt: async (query) => memoryExcerpt(this.#facts(), query),
      readEdgesTo: async (query, limit) => portionOf(this.#readEdgesTo(query), limit, (edge) => edge),
    });
  }

  async withExcerpt<Answer>(
    plan: (prepared: PreparedModel) => ExcerptQuery | undefined,
    use: (excerpt: Excerpt) => Answer | undefined | Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    const query = plan(this.#prepared);
    return query && use(memoryExcerpt(this.#facts(), query));
  }

  #facts() {
    return { now, prepared: this.#prepared, edges: this.#edges, nodeOf: nodesByName(this.#nodes) };
  }

  async #readEdges({ direct, sets, objects }: EdgeQuery): Promise<EdgeAnswer> {
    this.reads += 1;
    const read = (matches: (edge: Edge) => boolean) => this.#edges.filter(matches).toReversed();
    return {
      direct: read((edge) => direct.some((probe) => isAt(edge, probe) && isProbed(edge.subject, probe))),
      sets: read((edge) => edge.subject.kind === 'set' && sets.some((source) => isAt(edge, source))),
      objects: read((edge) => edge.subject.kind === 'object' && objects.some((source) => isAt(edge, source))),
    };
  }

  #readEdgesTo({ objects, sets, wildcards, relations }: ReverseQuery): readonly ReverseEdge[] {
    const typeOf = new Map(
      [...this.#nodes].map(([text, node]) => [node, text.slice(0, text.indexOf(':')) as TypeName]),
    );
    return this.#edges.flatMap(({ object, relation, subject }) => {
      const objectType = typeOf.get(object);
      if (objectType === undefined || !relations.includes(relation)) return [];
      const isAsked =
        subject.kind === 'wildcard'
          ? wildcards.includes(subject.type)
          : subject.kind === 'object'
            ? objects.includes(subject.node)
            : sets.some(({ node, relation: of }) => node === subject.node && of === subject.relation);
      return isAsked ? [{ object, objectType, relation, subject }] : [];
    });
  }

  #edgeOf({ object, relation, subject, condition }: Relationship): Edge {
    return { object: this.#numberOf(object), relation, subject: this.#subjectOf(subject), condition };
  }

  #subjectOf(subject: SubjectRef): EdgeSubject {
    if (subject.kind === 'wildcard') return { kind: 'wildcard', type: subject.type };
    const { type } = subject.object;
    const node = this.#numberOf(subject.object);
    return subject.kind === 'object'
      ? { kind: 'object', type, node }
      : { kind: 'set', type, node, relation: subject.relation };
  }

  #numberOf(object: ObjectRef): NodeId {
    const text = formatObjectRef(object);
    const node = this.#nodes.get(text) ?? 7 + 3 * this.#nodes.size;
    this.#nodes.set(text, node);
    return node;
  }
}

function isAt(edge: Edge, { object, relation }: EdgeSource): boolean {
  return edge.object === object && edge.relation === relation;
}

function isProbed(subject: EdgeSubject, probe: DirectProbe): boolean {
  if (subject.kind === 'wildcard') return subject.type === probe.subjectType;
  return subject.kind === 'object' && subject.node === probe.subject;
}
