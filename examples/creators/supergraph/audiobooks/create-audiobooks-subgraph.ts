import { readFileSync } from 'node:fs';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { guardSchema, type PosternClient } from '@postern/guard';
import { type GraphQLSchema, parse } from 'graphql';

import { callerOptions } from '../start-subgraph.ts';
import { type AudiobookRecord, audiobooks } from './data.ts';

/** Audiobooks. */
export function createAudiobooksSubgraph(client: PosternClient): GraphQLSchema {
  const typeDefs = parse(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: { Query, Audiobook } }]);
  return guardSchema(schema, { client, ...callerOptions });
}

interface ById {
  readonly id: string;
}

const Query = {
  audiobook: (_root: unknown, { id }: ById) => findAudiobook(id),
  audiobooks: () => audiobooks,
};

const Audiobook = {
  __resolveReference: ({ id }: ById) => findAudiobook(id),
};

function findAudiobook(wanted: string): AudiobookRecord | null {
  return audiobooks.find(({ id }) => id === wanted) ?? null;
}
