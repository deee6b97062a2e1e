import { buildASTSchema, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { TypeNames } from '../model-type-of.ts';
import { ok, type Result, wrong } from '../result.ts';
import { makeSubgraph } from '../rules/subgraph.ts';
import { coordinateOf, type ReadGuards, readGuards } from '../rules/written-guard.ts';
import { Asking } from './asking.ts';
import { type EarlyFields, earlyFieldsOf, withoutEarlyGuards, withoutNonNull } from './early-fields.ts';
import { foreignSchema } from './foreign-schema.ts';
import { guardedNames, type NeededPath, neededPaths } from './guarded-names.ts';
import { subgraphOfSupergraph } from './subgraph-of-supergraph.ts';

/** A subgraph whose server runs no guards, and what has to be known to run them around it. */
export interface ForeignSubgraph {
  readonly asking: Asking;
  readonly early: EarlyFields;
  /** As it is, without guards. */
  readonly plain: GraphQLSchema;
  /** For what is asked before anything is fetched: nothing has to have a value in it. */
  readonly before: GraphQLSchema;
  /** For what came back: without the guards that were asked before. */
  readonly after: GraphQLSchema;
  /** Names of fields that some type guards; what asks for none of them is nobody's business. */
  readonly guarded: ReadonlySet<string>;
  readonly needed: ReadonlyMap<string, readonly NeededPath[]>;
  /** `Query.drafts`: the items of its list are asked about. */
  readonly filtered: ReadonlySet<string>;
}

/** Reads what a supergraph says of one of its subgraphs. The problem is what is wrong with the guards, or that there is no such subgraph. */
export function readForeignSubgraph(
  supergraph: GraphQLSchema,
  name: string,
  types: TypeNames,
): Result<ForeignSubgraph> {
  const written = subgraphOfSupergraph(supergraph, name);
  if (!written.ok) return written;
  try {
    return ok(makeForeignSubgraph(written.value, types));
  } catch (error) {
    return wrong(`The guards of the subgraph "${name}" cannot be read. ${error instanceof Error ? error.message : ''}`);
  }
}

function makeForeignSubgraph(document: DocumentNode, types: TypeNames): ForeignSubgraph {
  const guards = readGuards(makeSubgraph(document), types);
  const early = earlyFieldsOf(document);
  const asking = new Asking();
  return {
    asking,
    early,
    plain: buildASTSchema(document, { assumeValidSDL: true }),
    before: foreignSchema(withoutNonNull(document), asking, types),
    after: foreignSchema(withoutEarlyGuards(document, early), asking, types),
    guarded: guardedNames(guards),
    needed: neededPaths(guards),
    filtered: filteredFields(guards),
  };
}

function filteredFields({ guards }: ReadGuards): ReadonlySet<string> {
  return new Set(guards.filter(({ requirement }) => requirement.onDeny === 'FILTER').map(coordinateOf));
}
