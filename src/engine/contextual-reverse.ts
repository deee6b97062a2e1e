import { assertNever } from '../base/assert-never.ts';
import type { TypeName } from '../model/names.ts';
import type { Edge, ReverseEdge, ReverseQuery } from './ports.ts';

/** A contextual edge, with the type of the object it starts from. */
export interface TypedEdge extends Edge {
  readonly objectType: TypeName;
}

/** The contextual relationships of a question, to be followed backwards; there are few of them. */
export class ContextualReverse {
  readonly #edges: readonly TypedEdge[];

  constructor(edges: readonly TypedEdge[]) {
    this.#edges = edges;
  }

  readEdgesTo({ objects, sets, wildcards, relations }: ReverseQuery): readonly ReverseEdge[] {
    return this.#edges.filter(({ relation, subject }) => {
      if (!relations.includes(relation)) return false;
      switch (subject.kind) {
        case 'object':
          return objects.includes(subject.node);
        case 'set':
          return sets.some((set) => set.node === subject.node && set.relation === subject.relation);
        case 'wildcard':
          return wildcards.includes(subject.type);
        default:
          return assertNever(subject);
      }
    });
  }
}
