import type { ObjectRef } from '../src/model/object-ref.ts';
import type { Relationship } from '../src/model/relationship.ts';

/** Generated data of the creators' business. */
export interface CreatorsData {
  /** In the order in which they would have been written: organizations grow side by side. */
  readonly relationships: readonly Relationship[];
  /** Who and what there is to ask about; only organizations all of whose relationships are there. */
  readonly organizations: readonly OrganizationData[];
  /** Those that lead from an object to its parent: `album`, `label`, `organization` … */
  readonly parentEdges: number;
}

/** One organization, as far as questions need to know it. */
export interface OrganizationData {
  readonly admins: readonly ObjectRef[];
  /** Members of teams that edit a label or a show; nested teams among them. */
  readonly teamMembers: readonly ObjectRef[];
  /** Persons with a role of their own on an artist or a show. */
  readonly managers: readonly ObjectRef[];
  /** Persons who may hear something before others, and nothing else. */
  readonly listeners: readonly ObjectRef[];
  /** By type, those that pages show. */
  readonly objects: ReadonlyMap<PageType, readonly ObjectRef[]>;
}

/** The types of which pages are made. */
export type PageType = 'track' | 'album' | 'artist' | 'show' | 'episode';

/** What belongs together and is written together: an organization's structure, an album with its tracks. */
export type Bundle = Relationship[];
