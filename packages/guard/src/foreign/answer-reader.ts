import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { isOfPointer } from './ask-before.ts';
import type { ForeignSubgraph } from './foreign-subgraph.ts';
import { pathOf } from './format-errors.ts';
import type { EarlyOutcome } from './kept-fetch.ts';
import type { OwnNames } from './own-names.ts';
import { closedError, type PlacedErrors, SubgraphFailure } from './subgraph-failures.ts';

/** Reads an answer as the resolvers of its subgraph would have given it. */
export class AnswerReader {
  readonly #subgraph: ForeignSubgraph;
  readonly #placed: PlacedErrors;
  readonly #names: OwnNames;
  readonly #reached: ReadonlySet<string>;
  readonly #silent: ReadonlySet<string>;
  readonly #refused: ReadonlyMap<string, GraphQLError>;

  constructor(subgraph: ForeignSubgraph, early: EarlyOutcome, placed: PlacedErrors, names: OwnNames) {
    this.#subgraph = subgraph;
    this.#placed = placed;
    this.#names = names;
    this.#reached = new Set(early.reached.map((path) => JSON.stringify(path)));
    this.#silent = new Set(early.silent.map((path) => JSON.stringify(path)));
    this.#refused = new Map(
      early.errors.map(({ path, message, extensions }) => [
        JSON.stringify(path),
        new GraphQLError(message, { extensions: extensions ?? null }),
      ]),
    );
  }

  /** What one field of an object is. Guards read under names of their own. */
  read(source: unknown, info: GraphQLResolveInfo): unknown {
    const { parentType, fieldName, path } = info;
    if (isOfPointer(info)) return this.#valueAt(source, this.#names.of(parentType.name, fieldName));
    if (this.#subgraph.early.has(parentType.name, fieldName)) {
      const place = JSON.stringify(pathOf(path));
      if (this.#silent.has(place)) return null;
      if (!this.#reached.has(place)) throw this.#refused.get(place) ?? missing();
    }
    const value = this.#valueAt(source, path.key);
    // What is left out of a list nobody can say of an item that is not there any more.
    const isWhole = !this.#subgraph.filtered.has(`${parentType.name}.${fieldName}`);
    return Array.isArray(value) ? this.#items(value, isWhole) : value;
  }

  /** Of what type an object is that may be of several. */
  typeOf(source: unknown): string | undefined {
    const type = this.#valueAt(source, this.#names.typenameKey);
    return typeof type === 'string' ? type : undefined;
  }

  #valueAt(source: unknown, key: string | number): unknown {
    if (typeof source !== 'object' || source === null) throw missing();
    const failure = this.#placed.at(source, key);
    if (failure !== undefined) throw failure;
    if (!Object.hasOwn(source, key)) throw missing();
    return Reflect.get(source, key);
  }

  #items(list: readonly unknown[], isWhole: boolean): readonly unknown[] {
    return list.map((item, index) => {
      if (Array.isArray(item)) return this.#items(item, isWhole);
      const failure = item === null ? this.#placed.at(list, index) : undefined;
      if (failure !== undefined && !isWhole && failure.parts.some(({ rest }) => rest.length > 0)) throw missing();
      return failure ?? item;
    });
  }
}

/** The subgraph has not answered what it was asked. */
function missing(): SubgraphFailure {
  const { message, extensions } = closedError(undefined);
  return new SubgraphFailure([{ rest: [], message, extensions }]);
}
