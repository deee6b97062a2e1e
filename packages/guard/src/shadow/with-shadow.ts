import { decideAll } from '../decide-all.ts';
import type { Decision, PermissionCheck, PosternClient } from '../decision.ts';
import { askWithin, failed } from './ask-within.ts';
import { type ShadowCount, ShadowCounts } from './shadow-counts.ts';
import {
  readShadowOptions,
  type ShadowComparison,
  type ShadowOptions,
  type ShadowResult,
  type ShadowSettings,
} from './shadow-options.ts';
import { ShadowQueue } from './shadow-queue.ts';

/** A client whose decisions are compared with those of an old system. */
export interface ShadowClient extends PosternClient {
  readonly shadow: {
    /** How often what came of it, by type and permission. */
    counts(): readonly ShadowCount[];
    /** The same as `postern_shadow_comparisons_total`, in the text format of Prometheus. */
    metrics(): string;
  };
}

/**
 * Decides as the client does, and then asks an old system the same: on a difference both once more, so that only what lasts is told.
 * An answer waits for nothing of it, and no failure of the old system is seen by anybody but the counts.
 */
export function withShadow(client: PosternClient, options: ShadowOptions): ShadowClient {
  const settings = readShadowOptions(options);
  const counts = new ShadowCounts();
  const shadow = new Shadow(client, settings, counts);
  return {
    decide: async (checks, authorization, consistency) => {
      const decisions = await client.decide(checks, authorization, consistency);
      shadow.note(checks, decisions, authorization);
      return decisions;
    },
    shadow: { counts: () => counts.list(), metrics: () => counts.text() },
  };
}

interface Noted {
  readonly check: PermissionCheck;
  readonly authorization: string;
  readonly postern: Decision['kind'];
}

interface Old {
  readonly answer: 'allowed' | 'denied';
  readonly explanation: string | undefined;
}

class Shadow {
  readonly #client: PosternClient;
  readonly #settings: ShadowSettings;
  readonly #counts: ShadowCounts;
  readonly #queue: ShadowQueue;
  #again = 0;

  constructor(client: PosternClient, settings: ShadowSettings, counts: ShadowCounts) {
    this.#client = client;
    this.#settings = settings;
    this.#counts = counts;
    this.#queue = new ShadowQueue(settings);
  }

  /** Takes note of what was decided; nothing of it is asked before the event loop has sent the answer on. */
  note(checks: readonly PermissionCheck[], decisions: readonly Decision[], authorization: string | undefined): void {
    try {
      if (authorization === undefined || decisions.length !== checks.length) return;
      for (const [index, { permission, object }] of checks.entries()) {
        const postern = decisions[index]?.kind;
        if (postern === undefined || !this.#isSampled()) continue;
        const noted: Noted = { check: { permission, object }, authorization, postern };
        if (!this.#queue.add(() => this.#compare(noted))) this.#tell(noted, undefined, 'dropped');
      }
    } catch {
      // Whatever the client answered is judged by whoever asked it.
    }
  }

  #isSampled(): boolean {
    const { sample, random } = this.#settings;
    return sample >= 1 || random() < sample;
  }

  async #compare(noted: Noted): Promise<void> {
    if (noted.postern === 'undecided') return this.#tell(noted, undefined, 'undecided');
    const old = await this.#askOld(noted);
    const result = resultOf(noted.postern, old);
    if (result !== 'old_allow' && result !== 'old_deny') return this.#tell(noted, old, result);
    // What is written in one system and not yet in the other is no difference that lasts.
    if (this.#again >= this.#settings.waiting) return this.#tell(noted, old, 'dropped');
    this.#again += 1;
    this.#settings.clock.after(this.#settings.againAfterMs, () =>
      this.#queue.addFirst(() => this.#compareAgain(noted)),
    );
  }

  async #compareAgain(before: Noted): Promise<void> {
    this.#again -= 1;
    const postern = await this.#askPostern(before);
    const noted = { ...before, postern };
    // A token that has ended in between says nothing about rights.
    const isOver = postern === 'unauthenticated' && before.postern !== 'unauthenticated';
    if (postern === 'undecided' || isOver) return this.#tell(noted, undefined, 'undecided');
    const old = await this.#askOld(noted);
    this.#tell(noted, old, resultOf(postern, old));
  }

  async #askOld({ check, authorization }: Noted): Promise<Old | typeof failed> {
    const { clock, deadlineMs } = this.#settings;
    const ask = (signal: AbortSignal) => this.#settings.ask({ ...check, authorization, signal });
    return askWithin(clock, deadlineMs, ask, readOld);
  }

  async #askPostern({ check, authorization }: Noted): Promise<Decision['kind']> {
    const { clock, deadlineMs } = this.#settings;
    const decide = () => decideAll(this.#client, [check], authorization, 'fully-consistent');
    const answer = await askWithin(clock, deadlineMs, decide, (decisions) =>
      Array.isArray(decisions) ? decisions : failed,
    );
    return answer === failed ? 'undecided' : (answer[0]?.kind ?? 'undecided');
  }

  #tell({ check, authorization, postern }: Noted, old: Old | typeof failed | undefined, result: ShadowResult): void {
    const { clock, subject, onCompared, onLine } = this.#settings;
    const type = check.object.slice(0, Math.max(0, check.object.indexOf(':')));
    this.#counts.add({ type, permission: check.permission, result });
    const answered = old === undefined || old === failed ? undefined : old;
    if (onCompared === undefined && onLine === undefined) return;
    quietly(() => {
      const comparison: ShadowComparison = {
        ...check,
        at: new Date(clock.now()),
        type,
        subject: textOf(subject?.(authorization)),
        postern,
        old: answered?.answer,
        explanation: answered?.explanation,
        result,
      };
      quietly(() => onCompared?.(comparison));
      quietly(() => onLine?.(lineOf(comparison)));
    });
  }
}

function resultOf(postern: Decision['kind'], old: Old | typeof failed): ShadowResult {
  if (old === failed) return 'error';
  const isAllowed = postern === 'allowed';
  if (isAllowed === (old.answer === 'allowed')) return 'same';
  return isAllowed ? 'old_deny' : 'old_allow';
}

const maxExplanation = 1000;

function readOld(answer: unknown): Old | typeof failed {
  if (typeof answer === 'boolean') return { answer: answer ? 'allowed' : 'denied', explanation: undefined };
  if (typeof answer !== 'object' || answer === null) return failed;
  const allowed: unknown = Reflect.get(answer, 'allowed');
  const explanation: unknown = Reflect.get(answer, 'explanation');
  if (typeof allowed !== 'boolean') return failed;
  const text = typeof explanation === 'string' ? explanation.slice(0, maxExplanation) : undefined;
  return { answer: allowed ? 'allowed' : 'denied', explanation: text };
}

/** A line as Postern's decision log has them, and with ids: differences cannot be looked into without. */
function lineOf({
  at,
  type,
  permission,
  object,
  subject,
  postern,
  old,
  result,
  explanation,
}: ShadowComparison): string {
  const said = { type, permission, object, subject, postern, old, result, explanation };
  return JSON.stringify({ at: at.toISOString(), log: 'shadow', ...said });
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  quietly(() => value);
  return undefined;
}

/** What somebody does who is only told something is their own affair; also when it fails later. */
function quietly(tell: () => unknown): void {
  try {
    Promise.resolve(tell()).catch(() => undefined);
  } catch {
    // There is nobody else who could be told.
  }
}
