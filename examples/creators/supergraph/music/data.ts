export interface ArtistRecord {
  readonly id: string;
  readonly name: string;
  readonly monthlyListeners: number;
}

export interface AlbumRecord {
  readonly id: string;
  readonly title: string;
  readonly releaseDate: string;
  readonly royaltiesCents: number;
  readonly artistId: string;
}

export interface TrackRecord {
  readonly id: string;
  readonly title: string;
  readonly durationSeconds: number;
  readonly streamCount: number;
  readonly albumId: string;
  readonly featuredArtistIds: readonly string[];
}

// The ids are those of the objects in store.fga.yaml: album aurora here is album:aurora there.

export const artists: readonly ArtistRecord[] = [
  { id: 'luna', name: 'Luna', monthlyListeners: 412_000 },
  { id: 'kites', name: 'The Kites', monthlyListeners: 38_500 },
];

export const albums: readonly AlbumRecord[] = [
  { id: 'debut', title: 'Debut', releaseDate: '2020-05-01', royaltiesCents: 214_050, artistId: 'luna' },
  { id: 'paper-boats', title: 'Paper Boats', releaseDate: '2025-05-16', royaltiesCents: 61_300, artistId: 'kites' },
  { id: 'aurora', title: 'Aurora', releaseDate: '2026-03-20', royaltiesCents: 903_275, artistId: 'luna' },
  { id: 'harbour', title: 'Harbour', releaseDate: '2099-01-01', royaltiesCents: 0, artistId: 'luna' },
];

export const tracks: readonly TrackRecord[] = [
  track('aurora-1', 'First Light', 214, 1_840_221, 'aurora'),
  track('aurora-2', 'Green Curtain', 187, 923_410, 'aurora'),
  track('debut-1', 'Hello, Room', 201, 3_310_874, 'debut'),
  track('harbour-1', 'Low Tide', 243, 0, 'harbour'),
  track('harbour-2', 'Lighthouse Keeper', 256, 0, 'harbour'),
  track('boats-1', 'Paper Boats', 195, 402_118, 'paper-boats', ['luna']),
];

function track(
  id: string,
  title: string,
  durationSeconds: number,
  streamCount: number,
  albumId: string,
  featuredArtistIds: readonly string[] = [],
): TrackRecord {
  return { id, title, durationSeconds, streamCount, albumId, featuredArtistIds };
}
