import { readFileSync } from 'node:fs';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { guardSchema, type PosternClient } from '@postern/guard';
import { type GraphQLSchema, parse } from 'graphql';

import { callerOptions } from '../start-subgraph.ts';
import { type EpisodeRecord, episodes, type ShowRecord, shows } from './data.ts';

/** Shows and their episodes. */
export function createPodcastsSubgraph(client: PosternClient): GraphQLSchema {
  const typeDefs = parse(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: createResolvers() }]);
  return guardSchema(schema, { client, ...callerOptions });
}

interface ById {
  readonly id: string;
}

/** Mutations change what this one subgraph knows, until it ends. */
function createResolvers() {
  const known = new Map(episodes.map((episode) => [episode.id, episode]));
  const episodesOf = ({ id }: ShowRecord) => [...known.values()].filter(({ showId }) => showId === id);
  return {
    Query: {
      show: (_root: unknown, { id }: ById) => findShow(id),
      shows: () => shows,
      episode: (_root: unknown, { id }: ById) => known.get(id) ?? null,
    },
    Mutation: {
      publishEpisode: (_root: unknown, { id, publishDate }: ById & { readonly publishDate: string }) => {
        const episode = known.get(id);
        if (episode === undefined) return null;
        known.set(id, { ...episode, publishDate });
        return known.get(id);
      },
    },
    Show: {
      __resolveReference: ({ id }: ById) => findShow(id),
      episodes: (show: ShowRecord) => episodesOf(show).filter(({ publishDate }) => publishDate !== null),
      drafts: (show: ShowRecord) => episodesOf(show).filter(({ publishDate }) => publishDate === null),
    },
    Episode: {
      __resolveReference: ({ id }: ById) => known.get(id) ?? null,
      show: ({ showId }: EpisodeRecord) => findShow(showId),
      script: ({ title }: EpisodeRecord) => `Cold open. Welcome to "${title}".`,
    },
  };
}

function findShow(wanted: string): ShowRecord | null {
  return shows.find(({ id }) => id === wanted) ?? null;
}
