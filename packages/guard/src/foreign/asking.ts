import type { Decision, PermissionCheck, PosternClient } from '../decision.ts';

/** Answers checks about the caller of one fetch, all of them at once. */
export type Ask = (checks: readonly PermissionCheck[]) => Promise<readonly Decision[]>;

/** A client of many callers at once: what guards take for a token is the name of a question that is open. */
export class Asking implements PosternClient {
  readonly #open = new Map<string, Ask>();
  #count = 0;

  /** Runs something whose guards ask `ask`. */
  async during<Value>(ask: Ask, run: (name: string) => Promise<Value>): Promise<Value> {
    this.#count += 1;
    const name = String(this.#count);
    this.#open.set(name, ask);
    try {
      return await run(name);
    } finally {
      this.#open.delete(name);
    }
  }

  async decide(checks: readonly PermissionCheck[], authorization: string | undefined): Promise<readonly Decision[]> {
    const ask = this.#open.get(authorization ?? '');
    return ask === undefined ? checks.map(() => nobodyAsks) : ask(checks);
  }
}

const nobodyAsks: Decision = { kind: 'undecided', reason: 'The question was over before it was asked.' };

/** What is known of checks, each by its parts. */
export class KnownDecisions {
  readonly #known = new Map<string, Map<string, Decision>>();

  get({ permission, object }: PermissionCheck): Decision | undefined {
    return this.#known.get(permission)?.get(object);
  }

  set({ permission, object }: PermissionCheck, decision: Decision): void {
    const ofPermission = this.#known.get(permission) ?? new Map<string, Decision>();
    this.#known.set(permission, ofPermission.set(object, decision));
  }
}

/**
 * Runs twice what asks in steps, so that it asks once: first as if all were allowed, which meets every check that there can be;
 * then, with the answers to all of them, for good. What is allowed on the first run goes nowhere.
 */
export async function askOnce<Value>(asking: Asking, ask: Ask, run: (name: string) => Promise<Value>): Promise<Value> {
  const wanted = new KnownDecisions();
  const checks: PermissionCheck[] = [];
  const note: Ask = async (asked) =>
    asked.map((check) => {
      if (wanted.get(check) === undefined) checks.push(check);
      wanted.set(check, allowed);
      return allowed;
    });
  await asking.during(note, run);
  const known = checks.length === 0 ? new KnownDecisions() : await decide(ask, checks);
  return asking.during((asked) => answerFrom(known, ask, asked), run);
}

const allowed: Decision = { kind: 'allowed' };

async function decide(ask: Ask, checks: readonly PermissionCheck[]): Promise<KnownDecisions> {
  const decisions = await ask(checks);
  const known = new KnownDecisions();
  for (const [place, check] of checks.entries()) known.set(check, decisions[place] ?? unanswered);
  return known;
}

const unanswered: Decision = { kind: 'undecided', reason: 'The check was not answered.' };

async function answerFrom(
  known: KnownDecisions,
  ask: Ask,
  asked: readonly PermissionCheck[],
): Promise<readonly Decision[]> {
  const unknown = asked.filter((check) => known.get(check) === undefined);
  const more = unknown.length === 0 ? known : await decide(ask, unknown);
  return asked.map((check) => known.get(check) ?? more.get(check) ?? unanswered);
}
