import type { GraphQLSchema } from 'graphql';
import { type ForeignSubgraph, readForeignSubgraph, subgraphNames } from '#guard/foreign';
import { failed, ok, type Result } from '../../../base/result.ts';
import { quote } from '../../../base/text-problem.ts';

/** The foreign subgraphs of each supergraph, each read once. */
export class ForeignSubgraphs {
  readonly #names: ReadonlySet<string>;
  readonly #types: Readonly<Record<string, string>>;
  /** Those that were there when it was checked which ones are foreign. */
  #others: ReadonlySet<string> = new Set();
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
    this.#others = new Set(subgraphNames(supergraph));
  }

  /** Whether it guards itself for sure: it was there at the start, and was not named as foreign. */
  isOther(name: string): boolean {
    return !this.has(name) && this.#others.has(name);
  }

  /** Whether one that came later may be left alone: it is none that has another name now, or none that is not known yet. */
  checkOther(supergraph: GraphQLSchema, name: string): Result<void, string> {
    const names = new Set(subgraphNames(supergraph));
    if (!names.has(name)) return failed(`The supergraph has no subgraph ${quote(name)}. ${newNames}`);
    const gone = [...this.#names].find((one) => !names.has(one));
    if (gone === undefined) return ok(undefined);
    return failed(
      `${quote(name)} may be what was ${quote(gone)}, which the supergraph does not have any more. ${newNames}`,
    );
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

const newNames =
  'Replace the file of POSTERN_SUPERGRAPH_FILE before the router has it, and start again with POSTERN_FOREIGN_SUBGRAPHS where names have changed.';
