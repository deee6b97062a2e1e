import DataLoader from 'dataloader';
import type { Decision } from '../model/decision.ts';
import { formatObjectRef } from '../model/object-ref.ts';
import type { Viewer } from '../operations/actor.ts';
import { checkViewer, type ViewerCheck } from '../operations/check-viewer.ts';
import type { Postern } from '../operations/postern.ts';

/** Decisions about the viewer of one request; made per request, so that nothing outlives its snapshot or its viewer. */
export interface DecisionLoader {
  load(check: ViewerCheck): Promise<Decision>;
  /** After a write, what was decided before it counts no more. */
  forget(): void;
}

/** One batch, and so one snapshot, for all checks that the fields of a request ask in the same turn. */
export function createDecisionLoader(postern: Postern, viewer: Viewer): DecisionLoader {
  const loader = new DataLoader<ViewerCheck, Decision, string>((checks) => checkViewer(postern, viewer, checks), {
    // The parts of a key can contain any character, so they are never joined by one.
    cacheKeyFn: ({ permission, object }) => JSON.stringify([permission, formatObjectRef(object)]),
  });
  return {
    load: (check) => {
      return loader.load(check);
    },
    forget: () => loader.clearAll(),
  };
}
