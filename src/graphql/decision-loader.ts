import DataLoader from 'dataloader';
import { Pieces } from '../base/pieces.ts';
import type { Decision } from '../model/decision.ts';
import { formatObjectRef } from '../model/object-ref.ts';
import { checkViewer, type ViewerCheck } from '../operations/access/check-viewer.ts';
import type { Viewer } from '../operations/actor.ts';
import type { Postern } from '../operations/postern.ts';

/** Decisions about the viewer of one request; made per request, so that nothing outlives its snapshot or its viewer. */
export interface DecisionLoader {
  load(check: ViewerCheck): Promise<Decision>;
  /** The items of a long list in pieces. What is asked about any of them is still one batch: it waits for the last piece. */
  handOut<Item>(items: readonly Item[]): readonly (Item | Promise<Item>)[];
  /** After a write, what was decided before it counts no more. */
  forget(): void;
}

/** One batch, and so one snapshot, for all checks that the fields of a request ask in the same turn. */
export function createDecisionLoader(postern: Postern, viewer: Viewer): DecisionLoader {
  const lists = new OpenLists();
  const loader = new DataLoader<ViewerCheck, Decision | Promise<Decision>, string>(
    async (checks) => new Pieces().of(await checkViewer(postern, viewer, checks)),
    {
      // The parts of a key can contain any character, so they are never joined by one.
      cacheKeyFn: ({ permission, object }) => JSON.stringify([permission, formatObjectRef(object)]),
      batchScheduleFn: (dispatch) => lists.afterAll(dispatch),
    },
  );
  return {
    load: async (check) => loader.load(check),
    handOut: (items) => lists.open(items),
    forget: () => loader.clearAll(),
  };
}

/** Lists whose items are not all handed out. */
class OpenLists {
  #open = 0;
  #pieces = new Pieces();
  readonly #waiting: (() => void)[] = [];

  open<Item>(items: readonly Item[]): readonly (Item | Promise<Item>)[] {
    const pieces = this.#pieces.of(items);
    this.#open += 1;
    void Promise.resolve(pieces.at(-1)).then(() => this.#close());
    return pieces;
  }

  /** Runs when no list is open and everything has been done that could be. */
  afterAll(run: () => void): void {
    this.#waiting.push(run);
    void Promise.resolve().then(() => this.#serve());
  }

  #close(): void {
    this.#open -= 1;
    this.#serve();
  }

  #serve(): void {
    if (this.#open > 0) return;
    this.#pieces = new Pieces();
    // After what is still to be done now, as the loader does it by itself.
    for (const run of this.#waiting.splice(0)) process.nextTick(run);
  }
}
