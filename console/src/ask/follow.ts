import { codeOf } from './ask-error.ts';

/** What somebody can see of a page that follows what happens. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'waiting' | 'ended';

export interface Hearing {
  readonly onConnected: () => void;
  /** Told the place of each event. */
  readonly onEvent: (place: string) => void;
}

export interface Following {
  /** Listens to what happens after a place, until the signal says otherwise; throws the reason if there is no more before. */
  readonly listen: (after: string | undefined, hearing: Hearing, signal: AbortSignal) => Promise<void>;
  readonly after: string | undefined;
  readonly onState: (state: LiveState) => void;
  readonly onEvent: (place: string) => void;
  /**
   * Asked before it is tried again: a right, or a session, may have gone meanwhile, and to be refused would be recorded. Whoever finds that
   * gives the signal to stop; false where nobody can say.
   */
  readonly mayGoOn: () => Promise<boolean>;
  /** Waits so long; ends early with the signal. */
  readonly pause: (ms: number) => Promise<void>;
}

const shortestPauseMs = 500;
const longestPauseMs = 30_000;

/** Codes after which the same would only be answered in the same way. */
const finalCodes: ReadonlySet<string> = new Set(['FORBIDDEN', 'HISTORY_DIVERGED', 'BAD_USER_INPUT', 'UNKNOWN_TYPE']);

/** Follows what happens until it is told to stop: after an interruption from the last event on, and ever more patiently. */
export async function follow(following: Following, signal: AbortSignal): Promise<void> {
  const { listen, onState, onEvent, mayGoOn, pause } = following;
  let { after } = following;
  let pauseMs = shortestPauseMs;
  const hearing: Hearing = {
    onConnected: () => onState('live'),
    onEvent: (place) => {
      after = place;
      pauseMs = shortestPauseMs;
      onEvent(place);
    },
  };
  onState('connecting');
  while (!signal.aborted) {
    const code = await listen(after, hearing, signal).then(() => 'COMPLETE', codeOf);
    if (signal.aborted) return;
    if (finalCodes.has(code)) {
      onState('ended');
      await mayGoOn();
      return;
    }
    onState('reconnecting');
    do {
      // Not all windows of a company at the same moment.
      await pause(pauseMs * (0.5 + Math.random()));
      pauseMs = Math.min(2 * pauseMs, longestPauseMs);
    } while (!signal.aborted && !(await mayGoOn()));
  }
}
