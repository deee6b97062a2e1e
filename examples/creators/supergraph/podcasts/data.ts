export interface ShowRecord {
  readonly id: string;
  readonly title: string;
  readonly revenueCents: number;
}

export interface EpisodeRecord {
  readonly id: string;
  readonly title: string;
  readonly durationSeconds: number;
  readonly publishDate: string | null;
  readonly downloadCount: number;
  readonly showId: string;
}

// The ids are those of the objects in store.fga.yaml: show nightshift here is show:nightshift there.

export const shows: readonly ShowRecord[] = [
  { id: 'nightshift', title: 'Night Shift', revenueCents: 1_204_900 },
  { id: 'tidewater', title: 'Tidewater', revenueCents: 38_200 },
];

export const episodes: readonly EpisodeRecord[] = [
  episode('ns-41', 'The Bakers', 2_710, '2026-03-12', 88_213, 'nightshift'),
  episode('ns-42', 'The Lock-Keepers', 2_655, '2099-01-01', 0, 'nightshift'),
  episode('tw-1', 'Where the Songs Come From', 1_980, '2026-04-02', 9_177, 'tidewater'),
  episode('tw-2', 'Writing Harbour', 2_140, null, 0, 'tidewater'),
];

function episode(
  id: string,
  title: string,
  durationSeconds: number,
  publishDate: string | null,
  downloadCount: number,
  showId: string,
): EpisodeRecord {
  return { id, title, durationSeconds, publishDate, downloadCount, showId };
}
