import { assertNever } from '../../base/assert-never.ts';
import { zip } from '../../base/zip.ts';
import type { TypeName } from '../../model/names.ts';
import type { ContextualRelationships, Edge, ReverseEdge, ReverseQuery } from '../ports.ts';
import { edgesOf } from './contextual-edges.ts';
import type { NodeTable } from './node-table.ts';

/** A contextual edge, with the type of the object it starts from. */
interface TypedEdge extends Edge {
  readonly objectType: TypeName;
}

/** The contextual relationships of a question, to be followed backwards; there are few of them. */
export class ContextualReverse {
  readonly #edges: readonly TypedEdge[];

  private constructor(edges: readonly TypedEdge[]) {
    this.#edges = edges;
  }

  static async open(contextual: ContextualRelationships, nodes: NodeTable): Promise<ContextualReverse> {
    const edges = await edgesOf(contextual, nodes);
    return new ContextualReverse(
      zip(contextual, edges).map(([{ object }, edge]) => ({ ...edge, objectType: object.type })),
    );
  }

  readEdgesTo({ objects, sets, wildcards, relations }: ReverseQuery): readonly ReverseEdge[] {
    if (this.#edges.length === 0) return [];
    const asked = { objects: new Set(objects), wildcards: new Set(wildcards), relations: new Set(relations) };
    const ofNode = Map.groupBy(sets, ({ node }) => node);
    return this.#edges.filter(({ relation, subject }) => {
      if (!asked.relations.has(relation)) return false;
      switch (subject.kind) {
        case 'object':
          return asked.objects.has(subject.node);
        case 'set':
          return ofNode.get(subject.node)?.some((set) => set.relation === subject.relation) === true;
        case 'wildcard':
          return asked.wildcards.has(subject.type);
        default:
          return assertNever(subject);
      }
    });
  }
}
