import type { FaultPort } from '../base/fault-port.ts';
import type { Metrics } from '../base/metrics.ts';
import type { AgentSetting } from '../model/agent-problems.ts';
import type { AgedPosition } from '../model/consistency-token.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { ToxicPair } from '../model/toxic-pair.ts';
import type { Caller } from '../store/lanes.ts';
import type { Store } from '../store/store.ts';
import type { CalledTool } from './called-tool.ts';
import type { ServedCaller } from './callers.ts';
import type { DecidedBatch } from './decided-batch.ts';
import type { EnforcedChecks } from './enforced-checks.ts';
import type { Notice } from './notices.ts';

/** What every operation works with. */
export interface Postern {
  readonly store: Store;
  /** The object whose permissions say who may ask about others, publish models and write any relationship. */
  readonly platform: ObjectRef;
  /** Permissions that nobody should have together: findings and simulations tell of who has. */
  readonly toxicPairs?: readonly ToxicPair[] | undefined;
  /** Whoever acts for callers, by the settings. */
  readonly agents?: readonly AgentSetting[] | undefined;
  /** Told of what somebody should look at, though nothing has failed. */
  readonly warn?: ((message: string) => void) | undefined;
  /** Told of every failure that makes answers unavailable; never of an expected problem. */
  readonly report: (message: string, error: unknown) => void;
  /** Counts what is decided and what fails; undefined where nobody reads it. */
  readonly metrics?: Metrics | undefined;
  /** Told of checks that were decided, on the way to their answer: it must neither take long nor throw. */
  readonly onDecided?: ((batch: DecidedBatch) => void) | undefined;
  /** Told of what is allowed and enforced, on the way to its answer: it must neither take long nor throw. Undefined where nobody counts. */
  readonly onEnforced?: ((enforced: EnforcedChecks) => void) | undefined;
  /** Told of calls of agents, when they are answered: it must neither take long nor throw. */
  readonly onCalled?: ((call: CalledTool) => void) | undefined;
  /** Whom it works for; undefined for the server itself and for its console. */
  readonly caller?: ServedCaller;
  /** Which way its questions come, for whoever reads of them; undefined for its console. */
  readonly door?: string;
  /** Told of what an answer does not say: that a name in the question is nobody's. Undefined where nobody would read it. */
  readonly notice?: (notice: Notice) => void;
  /** Told of each state that a question is answered from. Undefined where nobody would read it. */
  readonly answeredFrom?: (state: AgedPosition) => void;
  /** Whether checks notice names as well: where things are tried out only, as that asks the database a second time. */
  readonly noticesChecks?: boolean;
  /** Makes something happen to what is waited for; for tests. */
  readonly faults?: FaultPort | undefined;
}

/** The same, working for one caller: what is asked waits for its turn among others, and is charged to them. */
export function workingFor(postern: Postern, caller: ServedCaller, isGone?: () => boolean): Postern {
  return { ...postern, store: postern.store.as(isGone === undefined ? caller : waitingUntil(caller, isGone)), caller };
}

/** The caller in one of its requests. */
function waitingUntil(caller: ServedCaller, isGone: () => boolean): Caller {
  return {
    name: caller.name,
    get kind() {
      return caller.kind;
    },
    payer: caller.payer,
    isGone,
  };
}
