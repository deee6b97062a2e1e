import type { RelationshipChange } from './revision-page.ts';

/** What has begun to count since an instant, without a write. */
export interface Beginnings {
  /** The relationships, with the instants in the order of which they are. */
  readonly begun: readonly RelationshipBegun[];
  /** When the next one begins; undefined where none is to begin, or where there is more that has begun. */
  readonly next: Date | undefined;
  /** Whether more has begun than was read. */
  readonly hasMore: boolean;
}

export interface RelationshipBegun extends Pick<RelationshipChange, 'relationship' | 'node'> {
  readonly startsAt: Date;
}
