export interface AudiobookRecord {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly narrator: string;
  readonly durationSeconds: number;
  readonly releaseDate: string;
  readonly royaltiesCents: number;
}

// The ids are those of the objects in store.fga.yaml: audiobook deepsea here is audiobook:deepsea there.
export const audiobooks: readonly AudiobookRecord[] = [
  {
    id: 'deepsea',
    title: 'The Deep Sea',
    author: 'Authea Okafor',
    narrator: 'Nina Berg',
    durationSeconds: 31_320,
    releaseDate: '2026-02-01',
    royaltiesCents: 127_800,
  },
  {
    id: 'salt-letters',
    title: 'Salt Letters',
    author: 'Luna',
    narrator: 'Eve',
    durationSeconds: 18_960,
    releaseDate: '2026-05-01',
    royaltiesCents: 45_150,
  },
];
