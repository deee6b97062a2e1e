import type { GraphQLSchema } from 'graphql';
import { type ForeignSubgraph, readForeignSubgraph } from '#guard/foreign';
import { failed, type Result } from '../../../base/result.ts';

/** The foreign subgraphs of each supergraph, each read once. */
export class ForeignSubgraphs {
  readonly #names: ReadonlySet<string>;
  readonly #types: Readonly<Record<string, string>>;
  readonly #known = new WeakMap<GraphQLSchema, Map<string, Result<ForeignSubgraph, string>>>();

  constructor(names: readonly string[], types: Readonly<Record<string, string>>) {
    this.#names = new Set(names);
    this.#types = types;
  }

  get isEmpty(): boolean {
    return this.#names.size === 0;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** Throws when one of them cannot be guarded: then the server must not start. */
  check(supergraph: GraphQLSchema): void {
    for (const name of this.#names) {
      const found = this.find(supergraph, name);
      if (!found.ok) throw new Error(`POSTERN_FOREIGN_SUBGRAPHS: ${found.problem}`);
    }
  }

  find(supergraph: GraphQLSchema, name: string): Result<ForeignSubgraph, string> {
    if (!this.has(name)) return failed(`"${name}" is not named in POSTERN_FOREIGN_SUBGRAPHS.`);
    const known = this.#known.get(supergraph) ?? new Map<string, Result<ForeignSubgraph, string>>();
    this.#known.set(supergraph, known);
    const found = known.get(name) ?? readForeignSubgraph(supergraph, name, this.#types);
    known.set(name, found);
    return found;
  }
}
