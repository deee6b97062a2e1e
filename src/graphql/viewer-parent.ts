import type { Consistency } from '../model/consistency.ts';
import type { Viewer } from '../operations/actor.ts';
import type { DecisionLoader } from './decision-loader.ts';

/** Who asks, how fresh the answers must be, and what decides them. */
export interface ViewerParent {
  readonly viewer: Viewer;
  readonly consistency: Consistency;
  readonly decisions: DecisionLoader;
}
