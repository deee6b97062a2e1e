import { composeServices } from '@theguild/federation-composition';
import { GraphQLError, parse } from 'graphql';

/** What the composer has to know of a subgraph. */
export interface Subgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

export type Composition =
  | {
      readonly ok: true;
      readonly supergraphSdl: string;
      /** What clients see of it. */
      readonly publicSdl: string;
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Joins subgraphs to one supergraph, or says in one sentence each why they do not fit together. */
export function composeSupergraph(subgraphs: readonly Subgraph[]): Composition {
  const unreadable = subgraphs.flatMap(syntaxProblem);
  if (unreadable.length > 0) return { ok: false, problems: unreadable };
  const composition = composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  if (composition.errors !== undefined) return { ok: false, problems: composition.errors.map(sentence) };
  return { ok: true, supergraphSdl: composition.supergraphSdl, publicSdl: composition.publicSdl };
}

function syntaxProblem({ name, sdl }: Subgraph): readonly string[] {
  try {
    parse(sdl);
    return [];
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return [`The SDL of subgraph "${name}" cannot be read. ${sentence(error)}`];
  }
}

function sentence({ message }: GraphQLError): string {
  const line = message.replaceAll(/\s+/g, ' ').trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
