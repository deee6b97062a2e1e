import type { Viewer } from '../operations/actor.ts';
import type { Postern } from '../operations/postern.ts';
import type { DecisionLoader } from './decision-loader.ts';
import { unauthenticated } from './errors.ts';
import type { RequestBudget } from './limits.ts';

/** What the resolvers of one request share. */
export interface RequestContext {
  readonly postern: Postern;
  /** Null when the request carries no token. */
  readonly viewer: Viewer | null;
  /** Collects every check about the viewer in this request into one batch. */
  readonly decisions: DecisionLoader;
  readonly budget: RequestBudget;
}

/** The viewer of a field that the shield lets nobody reach without one. */
export function viewerOf({ viewer }: RequestContext): Viewer {
  if (viewer === null) throw unauthenticated();
  return viewer;
}
