import { readFileSync } from 'node:fs';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

import { type EpisodeRecord, episodes, type ShowRecord, shows } from './data.ts';

/** Shows and their episodes. */
export function createPodcastsSubgraph(): GraphQLSchema {
  const typeDefs = parse(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
  return buildSubgraphSchema([{ typeDefs, resolvers: { Query, Show, Episode } }]);
}

interface ById {
  readonly id: string;
}

const Query = {
  show: (_root: unknown, { id }: ById) => findShow(id),
  shows: () => shows,
  episode: (_root: unknown, { id }: ById) => findEpisode(id),
};

const Show = {
  __resolveReference: ({ id }: ById) => findShow(id),
  episodes: (show: ShowRecord) => episodes.filter(({ showId }) => showId === show.id),
};

const Episode = {
  __resolveReference: ({ id }: ById) => findEpisode(id),
  show: (episode: EpisodeRecord) => findShow(episode.showId),
};

function findShow(wanted: string): ShowRecord | null {
  return shows.find(({ id }) => id === wanted) ?? null;
}

function findEpisode(wanted: string): EpisodeRecord | null {
  return episodes.find(({ id }) => id === wanted) ?? null;
}
