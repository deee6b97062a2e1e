import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Stops } from '../base/stops.ts';
import { withDeadline } from '../base/with-deadline.ts';
import type { Postern } from '../operations/postern.ts';
import { UseCounter } from '../operations/uses/use-counter.ts';
import type { UseLog } from '../store/use-log.ts';
import type { Config } from './config.ts';

export interface MeasureUseOptions {
  readonly log: Logger;
  readonly stops: Stops;
  /** How often counts are told; tests have no time. */
  readonly everyMs?: number | undefined;
}

const countedEveryMs = 10_000;
/** Within two minutes everybody knows of a server that does not count. */
const uncountedEveryMs = 60_000;
const firstUncountedMs = () => 20_000 + Math.random() * 20_000;
/** Who ends waits no longer for what it has counted. */
const lastWordMs = 3_000;

/**
 * What operations work with, in one thread that answers: where use is measured, what is enforced is counted and told to the store every
 * ten seconds. Where it is not, the store is told that as soon as others measure it, so that nobody takes their numbers for all.
 */
export async function measureUse(
  { measuresUse }: Pick<Config, 'measuresUse'>,
  postern: Postern,
  options: MeasureUseOptions,
): Promise<Postern> {
  const { uses } = postern.store;
  if (!measuresUse) {
    new UseTimer(options, { firstMs: firstUncountedMs(), everyMs: uncountedEveryMs }, uncounted(uses));
    return postern;
  }
  const counter = new UseCounter({ log: uses, report: postern.report });
  // Before anything is counted: where it is not known that this server counts, nobody could miss what it loses.
  const server = await uses.join(true);
  const everyMs = options.everyMs ?? countedEveryMs;
  new UseTimer(options, { firstMs: everyMs, everyMs }, async (isLast) => {
    if (server !== undefined) await counter.tell(server, isLast);
  });
  return { ...postern, onEnforced: counter.note };
}

/** Says that a server is there, and counts nothing. */
function uncounted(uses: UseLog): (isLast: boolean) => Promise<void> {
  let server: number | undefined;
  return async (isLast) => {
    // One that nobody has missed so far ends without a word.
    if (!isLast) server ??= await uses.join(false);
    if (server !== undefined) await uses.tell(server, { agoMs: 0, hasLost: false, isLast });
  };
}

interface UseTimes {
  readonly firstMs: number;
  readonly everyMs: number;
}

/** Tells again and again, and a last time at the end; what fails is told the next time. */
class UseTimer {
  readonly #ended = new AbortController();

  constructor({ log, stops }: MeasureUseOptions, times: UseTimes, tell: (isLast: boolean) => Promise<void>) {
    const tellOrLog = (isLast: boolean) => tell(isLast).catch((error: unknown) => log.warn({ err: error }, untold));
    const running = this.#run(times, tellOrLog);
    stops.add(async () => {
      this.#ended.abort();
      await withDeadline(
        running.then(() => tellOrLog(true)),
        lastWordMs,
        'Telling what was used',
      ).catch(() => log.warn(untold));
    });
  }

  async #run({ firstMs, everyMs }: UseTimes, tell: (isLast: boolean) => Promise<void>): Promise<void> {
    const { signal } = this.#ended;
    // A process that has nothing else to do is not kept for it.
    const rest = (ms: number) => pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
    for (await rest(firstMs); !signal.aborted; await rest(everyMs)) await tell(false);
  }
}

const untold =
  'What was used could not be told to the database: it is told the next time, and as long as it is not, nothing is said to be unused.';
