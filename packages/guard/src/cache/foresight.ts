import { OperationTypeNode } from 'graphql';
import type { Asker } from '../asker.ts';
import { type AuthorizationReader, type Caller, callerOf } from '../caller.ts';
import { type ConsistencyReader, consistencyFor } from '../consistency.ts';
import { decideAll } from '../decide-all.ts';
import type { Decision, PermissionCheck, PosternClient } from '../decision.ts';
import { executionOf } from '../execution-of.ts';
import { type DecidedCheck, fingerprintText } from '../fingerprint.ts';
import type { FieldCall } from '../pointer.ts';
import type { KeyedHash } from './keyed-hash.ts';
import { QuestionMemory } from './question-memory.ts';

/** What the guards of a schema ask with. */
export interface Asking {
  readonly client: PosternClient;
  readonly reader: AuthorizationReader & ConsistencyReader;
}

/** What was decided about a caller before the operation runs. */
export interface Foreseen {
  /** Undefined where it was not; then the answer is no cache's, and the next one of the operation may be. */
  decisionOf(check: PermissionCheck): Decision | undefined;
}

/** What is known of the request that has a context of its own. */
interface Slot {
  /** Undefined where nobody asks, or several operations have the context: then nothing is foreseen. */
  readonly record: ForeseenRecord | undefined;
}

/**
 * Decides what an operation will ask before it runs, so that the key of its answer can say it: whoever has the same answers to the same
 * questions is answered alike.
 *
 * That is so because the guards of the execution get these very decisions, and because one question that was not foreseen keeps the
 * answer out of every cache. So it does not matter how the questions are guessed.
 */
export class Foresight {
  readonly #memory = new QuestionMemory();
  readonly #hash: KeyedHash;
  readonly #keptSeconds: ReadonlyMap<string, number>;
  readonly #slots = new WeakMap<object, Slot>();
  #asking: Asking | undefined;

  constructor(hash: KeyedHash, keptSeconds: ReadonlyMap<string, number>) {
    this.#hash = hash;
    this.#keptSeconds = keptSeconds;
  }

  get fields(): readonly string[] {
    return [...this.#keptSeconds.keys()];
  }

  serve(asking: Asking): void {
    if (this.#asking !== undefined) throw new Error('These cacheKeys are of another schema; make some for each.');
    this.#asking = asking;
  }

  /** What the key of an answer has to say of the caller; undefined where nothing is asked. Never rejects for what is sent. */
  async foresee(context: object, operation: readonly unknown[]): Promise<string | undefined> {
    const asking = this.#asking;
    if (asking === undefined)
      throw new Error('Give the cacheKeys to guardSchema: { client, authorization, cacheKeys }.');
    const name = await this.#nameOf(operation);
    const checks = this.#memory.of(name);
    const caller = callerOf(asking.reader, context);
    if (caller.kind !== 'token') {
      this.#enter(context, undefined);
      return checks.length === 0 ? undefined : unshared();
    }
    const record = await this.#decide(asking, { context, name, checks }, caller);
    this.#enter(context, record);
    if (checks.length === 0) return undefined;
    const decided = record.decided;
    return decided === undefined ? unshared() : this.#hash(fingerprintText(decided));
  }

  /** For the guards of the execution that the decisions are for, and for no other. */
  of(call: FieldCall, asker: Asker): Foreseen | undefined {
    const record = this.#recordOf(call);
    return record?.isFor(call, asker) ? record : undefined;
  }

  /** For how many seconds a guarded field may be kept under the key; undefined for not at all. */
  keptSeconds(call: FieldCall): number | undefined {
    const isKept = this.#recordOf(call)?.isWholeFor(call) === true;
    return isKept ? this.#keptSeconds.get(`${call.info.parentType.name}.${call.info.fieldName}`) : undefined;
  }

  #recordOf({ context }: FieldCall): ForeseenRecord | undefined {
    return typeof context === 'object' && context !== null ? this.#slots.get(context)?.record : undefined;
  }

  /** Two operations that share a context, as those of a batch do, cannot be told apart by it: nothing is foreseen of either. */
  #enter(context: object, record: ForeseenRecord | undefined): void {
    this.#slots.set(context, { record: this.#slots.has(context) ? undefined : record });
  }

  /** Other values than JSON has are guessed for together. */
  async #nameOf(operation: readonly unknown[]): Promise<string> {
    return this.#hash(JSON.stringify(['postern operation 1', ...operation]));
  }

  async #decide(
    { client, reader }: Asking,
    { context, name, checks }: { context: object; name: string; checks: readonly PermissionCheck[] },
    { authorization }: Extract<Caller, { readonly kind: 'token' }>,
  ): Promise<ForeseenRecord> {
    const consistency = consistencyFor(reader, context, { operation: OperationTypeNode.QUERY });
    const decisions = checks.length === 0 ? [] : await decideAll(client, checks, authorization, consistency);
    const learn = (check: PermissionCheck) => this.#memory.add(name, check);
    return new ForeseenRecord({ authorization, consistency }, checks, decisions, learn);
  }
}

/** A key that no other answer has. */
function unshared(): string {
  return crypto.randomUUID();
}

class ForeseenRecord implements Foreseen {
  /** Undefined where one of them is undecided: that is nobody's answer. */
  readonly decided: readonly DecidedCheck[] | undefined;
  readonly #asker: Asker;
  readonly #decisions = new Map<string, Map<string, Decision>>();
  readonly #learn: (check: PermissionCheck) => void;
  #execution: object | undefined;
  #isWhole: boolean;

  constructor(
    asker: Asker,
    checks: readonly PermissionCheck[],
    decisions: readonly Decision[],
    learn: (check: PermissionCheck) => void,
  ) {
    this.#asker = asker;
    this.#learn = learn;
    this.decided = decidedOf(checks, decisions);
    this.#isWhole = checks.length > 0 && this.decided !== undefined;
    for (const [index, { permission, object }] of checks.entries()) {
      const decision = decisions[index];
      const objects = this.#decisions.get(permission) ?? new Map<string, Decision>();
      this.#decisions.set(permission, objects);
      if (decision !== undefined) objects.set(object, decision);
    }
  }

  /** The first execution that asks has it for itself. */
  isFor(call: FieldCall, { authorization, consistency }: Asker): boolean {
    if (call.info.operation.operation !== OperationTypeNode.QUERY) return false;
    if (authorization !== this.#asker.authorization || consistency !== this.#asker.consistency) return false;
    this.#execution ??= executionOf(call);
    return this.#execution === executionOf(call);
  }

  isWholeFor(call: FieldCall): boolean {
    return this.#isWhole && this.#execution === executionOf(call);
  }

  decisionOf(check: PermissionCheck): Decision | undefined {
    const decision = this.#decisions.get(check.permission)?.get(check.object);
    if (decision === undefined) {
      this.#isWhole = false;
      this.#learn(check);
    }
    return decision;
  }
}

function decidedOf(
  checks: readonly PermissionCheck[],
  decisions: readonly Decision[],
): readonly DecidedCheck[] | undefined {
  const decided: DecidedCheck[] = [];
  for (const [index, check] of checks.entries()) {
    const kind = decisions[index]?.kind;
    if (kind !== 'allowed' && kind !== 'denied') return undefined;
    decided.push({ ...check, isAllowed: kind === 'allowed' });
  }
  return decided;
}
