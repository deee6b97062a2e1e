import type { EdgeNames } from './edge-names.ts';
import type { EdgeView } from './edge-view.ts';
import type { HistoryPoint } from './history-point.ts';
import type { NumberedModel } from './replica-feed.ts';

/** A state that was the last one at some moment after somebody came to ask; or so long before that. */
export interface ProvenState {
  readonly position: HistoryPoint;
  /** 0 for one that was proven after somebody came to ask. */
  readonly ageMs: number;
  readonly view: EdgeView;
  readonly model: NumberedModel;
  readonly names: EdgeNames;
}
