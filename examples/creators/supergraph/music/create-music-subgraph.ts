import { readFileSync } from 'node:fs';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

import { type AlbumRecord, type ArtistRecord, albums, artists, type TrackRecord, tracks } from './data.ts';

/** Artists, albums and tracks. */
export function createMusicSubgraph(): GraphQLSchema {
  const typeDefs = parse(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
  return buildSubgraphSchema([{ typeDefs, resolvers: { Query, Artist, Album, Track } }]);
}

interface ById {
  readonly id: string;
}

const Query = {
  artist: (_root: unknown, { id }: ById) => findArtist(id),
  album: (_root: unknown, { id }: ById) => findAlbum(id),
  track: (_root: unknown, { id }: ById) => findTrack(id),
  tracks: (_root: unknown, { ids }: { readonly ids?: readonly string[] | null }) => ids?.map(findTrack) ?? tracks,
};

const Artist = {
  __resolveReference: ({ id }: ById) => findArtist(id),
  albums: (artist: ArtistRecord) => albums.filter(({ artistId }) => artistId === artist.id),
};

const Album = {
  __resolveReference: ({ id }: ById) => findAlbum(id),
  artist: (album: AlbumRecord) => findArtist(album.artistId),
  tracks: (album: AlbumRecord) => tracks.filter(({ albumId }) => albumId === album.id),
};

const Track = {
  __resolveReference: ({ id }: ById) => findTrack(id),
  album: (track: TrackRecord) => findAlbum(track.albumId),
  featuredArtists: (track: TrackRecord) => track.featuredArtistIds.map(findArtist),
};

function findArtist(wanted: string): ArtistRecord | null {
  return artists.find(({ id }) => id === wanted) ?? null;
}

function findAlbum(wanted: string): AlbumRecord | null {
  return albums.find(({ id }) => id === wanted) ?? null;
}

function findTrack(wanted: string): TrackRecord | null {
  return tracks.find(({ id }) => id === wanted) ?? null;
}
