import type { Consistency } from '../model/consistency.ts';

/** Which page of a list, and how fresh. */
export interface PageRequest {
  readonly first: number;
  /** The cursor that it comes after; undefined for the first page. */
  readonly after: string | undefined;
  readonly consistency?: Consistency | undefined;
}
