import { readFileSync } from 'node:fs';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { guardSchema, type PosternClient } from '@postern/guard';
import { type GraphQLSchema, parse } from 'graphql';

import { callerOptions } from '../start-subgraph.ts';
import { type AlbumRecord, type ArtistRecord, albums, artists, type TrackRecord, tracks } from './data.ts';

/** Artists, albums and tracks. */
export function createMusicSubgraph(client: PosternClient): GraphQLSchema {
  const typeDefs = parse(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: createResolvers(new Catalog()) }]);
  return guardSchema(schema, { client, ...callerOptions });
}

interface ById {
  readonly id: string;
}

function createResolvers(catalog: Catalog) {
  return {
    Query: {
      artist: (_root: unknown, { id }: ById) => catalog.findArtist(id),
      album: (_root: unknown, { id }: ById) => catalog.findAlbum(id),
      track: (_root: unknown, { id }: ById) => catalog.findTrack(id),
      tracks: (_root: unknown, { ids }: { readonly ids?: readonly string[] | null }) =>
        ids?.map((id) => catalog.findTrack(id)) ?? catalog.allTracks(),
    },
    Mutation: {
      renameTrack: (_root: unknown, { input }: { readonly input: ById & { readonly title: string } }) =>
        catalog.changeTrack(input.id, { title: input.title }),
      scheduleAlbum: (_root: unknown, { input }: { readonly input: ById & { readonly releaseDate: string } }) =>
        catalog.changeAlbum(input.id, { releaseDate: input.releaseDate }),
    },
    Artist: {
      __resolveReference: ({ id }: ById) => catalog.findArtist(id),
      albums: ({ id }: ArtistRecord) => catalog.albumsOf(id).filter(isReleased),
      unreleasedAlbums: ({ id }: ArtistRecord) => catalog.albumsOf(id).filter((album) => !isReleased(album)),
    },
    Album: {
      __resolveReference: ({ id }: ById) => catalog.findAlbum(id),
      artist: ({ artistId }: AlbumRecord) => catalog.findArtist(artistId),
      tracks: ({ id }: AlbumRecord) => catalog.allTracks().filter(({ albumId }) => albumId === id),
    },
    Track: {
      __resolveReference: ({ id }: ById) => catalog.findTrack(id),
      album: ({ albumId }: TrackRecord) => catalog.findAlbum(albumId),
      audioUrl: ({ id }: TrackRecord) => `https://audio.example.com/${id}.flac`,
      featuredArtists: ({ featuredArtistIds }: TrackRecord) => featuredArtistIds.map((id) => catalog.findArtist(id)),
    },
  };
}

function isReleased({ releaseDate }: AlbumRecord): boolean {
  return Date.parse(releaseDate) <= Date.now();
}

/** What one running subgraph knows; mutations change it until it ends. */
class Catalog {
  readonly #artists = new Map(artists.map((artist) => [artist.id, artist]));
  readonly #albums = new Map(albums.map((album) => [album.id, album]));
  readonly #tracks = new Map(tracks.map((track) => [track.id, track]));

  findArtist(id: string): ArtistRecord | null {
    return this.#artists.get(id) ?? null;
  }

  findAlbum(id: string): AlbumRecord | null {
    return this.#albums.get(id) ?? null;
  }

  findTrack(id: string): TrackRecord | null {
    return this.#tracks.get(id) ?? null;
  }

  allTracks(): readonly TrackRecord[] {
    return [...this.#tracks.values()];
  }

  albumsOf(artist: string): readonly AlbumRecord[] {
    return [...this.#albums.values()].filter(({ artistId }) => artistId === artist);
  }

  changeTrack(id: string, change: Partial<TrackRecord>): TrackRecord | null {
    const track = this.#tracks.get(id);
    if (track !== undefined) this.#tracks.set(id, { ...track, ...change });
    return this.findTrack(id);
  }

  changeAlbum(id: string, change: Partial<AlbumRecord>): AlbumRecord | null {
    const album = this.#albums.get(id);
    if (album !== undefined) this.#albums.set(id, { ...album, ...change });
    return this.findAlbum(id);
  }
}
