import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type FaultPoint, faultPoints } from '../../../src/base/fault-points.ts';
import type { Sql } from '../../../src/store/postgres/sql.ts';
import { write } from '../../support/postern.ts';
import { type Answer, codesOf, type PosternServer } from '../../support/postern-server.ts';
import { judgeAnswer } from './judge-answer.ts';
import { askFor, type Operation } from './operations.ts';
import type { Fault, PlannedFaults } from './planned-faults.ts';

export interface Place {
  readonly server: PosternServer;
  readonly faults: PlannedFaults;
  readonly owner: Sql;
  readonly databaseUrl: string;
  /** Where something has happened. */
  readonly happened: Set<FaultPoint>;
}

/** Where each turn is about something else. */
let turn = 1000;

/** One operation, beside what it answers when nothing happens. */
export class Walk {
  readonly #place: Place;
  readonly #operation: Operation;
  #right: Answer | undefined;

  constructor(place: Place, operation: Operation) {
    this.#place = place;
    this.#operation = operation;
  }

  /** The points that it comes to, in the order of the table, and how often. New sessions are needed any time. */
  async findPoints(): Promise<ReadonlyMap<FaultPoint, number>> {
    let before = await this.#ask(await this.#prepare());
    let met: ReadonlyMap<FaultPoint, number>;
    const until = performance.now() + mostAloneMs;
    // A machine that is busy with other things may take too long once: what is right is what is said twice.
    for (;;) {
      const n = await this.#prepare();
      this.#place.faults.takeMet();
      this.#right = await this.#ask(n);
      met = this.#place.faults.takeMet();
      if (isSame(before, this.#right) && !isUnavailable(this.#right)) break;
      if (performance.now() > until) throw new Error(`Nothing happens, and it is not answered: ${this.#right.text}`);
      before = this.#right;
    }
    const always = new Set<FaultPoint>(['openSession', 'inspectSession']);
    return new Map(faultPoints.filter((point) => met.has(point) || always.has(point)).map((p) => [p, met.get(p) ?? 1]));
  }

  /** What is wrong when it happens; nothing, mostly. */
  async findProblem(fault: Fault): Promise<string | undefined> {
    const { faults } = this.#place;
    const right = this.#right;
    if (right === undefined) throw new Error('What is right is found with the points.');
    const n = await this.#prepare();
    if (fault.point === 'openSession' || fault.point === 'inspectSession') await this.#endSessions();
    const deniedBefore = await this.#countDenied();
    faults.plan(fault);
    const got = await this.#orNothing(this.#ask(n));
    if (got === undefined) return `no answer within ${mostAnswerMs} ms`;
    const written = await this.#countDone(n);
    const hasHappened = faults.lift();
    if (hasHappened) this.#place.happened.add(fault.point);
    const wrong = judgeAnswer(right, got) ?? (await this.#judgeWrite(right, got, written, deniedBefore));
    if (wrong !== undefined) return wrong;
    return this.#judgeRecovery(n, right);
  }

  /** The same for an attempt at a server whose process ends; the server of this place does it, if it was not done. */
  async findProblemOfEnd(attempt: (n: number) => Promise<string | undefined>): Promise<string | undefined> {
    const right = this.#right;
    if (right === undefined) throw new Error('What is right is found with the points.');
    const n = await this.#prepare();
    const changesBefore = await this.#countChanges(n);
    const answer = await attempt(n);
    const [done, changes] = [await this.#countDone(n), (await this.#countChanges(n)) - changesBefore];
    const { data } = answer === undefined ? {} : JSON.parse(answer);
    if (isDeepStrictEqual(data, right.data) && done !== 1) return `acknowledged, with ${done} events`;
    if (done > 0 !== changes > 0) return `${done} events and ${changes} changes`;
    return this.#judgeRecovery(n, right);
  }

  async #judgeWrite(right: Answer, got: Answer, written: number, deniedBefore: number): Promise<string | undefined> {
    const isAcknowledged = isDeepStrictEqual(got.data, right.data) && got.errors.length === 0;
    if (this.#operation.mark !== undefined && isAcknowledged && written !== 1)
      return `acknowledged, with ${written} events`;
    const isRefused = got.errors.some(({ extensions }) => extensions.code === 'FORBIDDEN');
    const denied = (await this.#countDenied()) - deniedBefore;
    return isRefused && denied < 1 ? 'refused without an event' : undefined;
  }

  /** It is answered again, by itself; what was to be done is done, once. */
  async #judgeRecovery(n: number, right: Answer): Promise<string | undefined> {
    const until = performance.now() + mostRecoveryMs;
    let again = await this.#ask(n);
    while (judgeAnswer(right, again) !== undefined || again.errors.length !== right.errors.length) {
      if (performance.now() > until) return `no recovery within ${mostRecoveryMs} ms: ${again.text}`;
      await sleep(20);
      again = await this.#ask(n);
    }
    const done = await this.#countDone(n);
    return this.#operation.mark !== undefined && done !== 1 ? `done ${done} times` : undefined;
  }

  async #prepare(): Promise<number> {
    turn += 1;
    const { before } = this.#operation;
    if (before !== undefined) await write(this.#place.server.running.postern, before(turn));
    return turn;
  }

  #ask(n: number): Promise<Answer> {
    return askFor(this.#place.server, this.#operation, n);
  }

  /** Whatever happens, somebody says so after a while. */
  async #orNothing(answering: Promise<Answer>): Promise<Answer | undefined> {
    const given = new AbortController();
    const late = sleep(mostAnswerMs, undefined, { signal: given.signal }).catch(() => undefined);
    const got = await Promise.race([answering, late]);
    given.abort();
    if (got === undefined) this.#place.faults.lift();
    await answering;
    return got;
  }

  /** How often what this turn was to do was done. */
  async #countDone(n: number): Promise<number> {
    const { mark } = this.#operation;
    if (mark === undefined) return 0;
    const [row] = await this.#place.owner<{ count: number }[]>`
      select count(*)::int4 as count from audit_event
      where outcome = 'done' and action = ${mark.action}
        and id in (select event from audit_mention where name = ${mark.name(n)})`;
    return row?.count ?? 0;
  }

  /** How many changes there are of what this turn is about. */
  async #countChanges(n: number): Promise<number> {
    const [row] = await this.#place.owner<{ count: number }[]>`
      with named as (
        select object.id from object join term on term.kind = 'type' and term.number = object.type
        where term.name || ':' || object.name = ${this.#operation.mark?.name(n) ?? ''}
      )
      select count(*)::int4 as count from change, named
      where change.object = named.id or change.subject % ${2 ** 37}::int8 = named.id`;
    return row?.count ?? 0;
  }

  async #countDenied(): Promise<number> {
    const [row] = await this.#place.owner<{ count: number }[]>`
      select count(*)::int4 as count from audit_event where outcome = 'denied'`;
    return row?.count ?? 0;
  }

  async #endSessions(): Promise<void> {
    await this.#place.owner`
      select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and application_name = 'postern'`;
  }
}

function isSame(one: Answer, other: Answer): boolean {
  return isDeepStrictEqual([one.data, codesOf(one)], [other.data, codesOf(other)]);
}

function isUnavailable(answer: Answer): boolean {
  return codesOf(answer).some((code) => code === 'AUTHORIZATION_UNAVAILABLE' || code === 'OVERLOADED');
}

const mostAloneMs = 60_000;
const mostRecoveryMs = 10_000;
const mostAnswerMs = 5000;
