import DataLoader from 'dataloader';
import type { Asker } from './asker.ts';
import type { Foresight } from './cache/foresight.ts';
import { decideAll } from './decide-all.ts';
import type { Decision, PermissionCheck, PosternClient } from './decision.ts';
import { whenDrained } from './drained.ts';
import { ExecutionBudget } from './execution-budget.ts';
import { executionOf } from './execution-of.ts';
import type { FieldCall } from './pointer.ts';
import type { PosternError, PosternErrorSubject } from './postern-error.ts';

/** The most checks that Postern takes in one call. */
const maxChecks = 1000;

/** Decisions about one caller. */
export interface DecisionLoader {
  /** Before a guard loads what it needs about so many objects: what the client is told, if that is too much. */
  spend(asked: PosternErrorSubject, count: number): PosternError | undefined;
  /** Rejects only when the operation asks for more than it may. */
  load(check: PermissionCheck): Promise<Decision>;
}

/** The loaders of all executions that run. */
export interface DecisionLoaders {
  of(call: FieldCall, asker: Asker): DecisionLoader;
  /** An execution that has many parts, each of which is decided anew: the events of a subscription. */
  renew(call: FieldCall): void;
}

export function createDecisionLoaders(client: PosternClient, foresight?: Foresight): DecisionLoaders {
  const batches = new PerScope(() => {
    const budget = new ExecutionBudget();
    return (asker: Asker) => createBatchingLoader(client, asker, budget);
  });
  const known = new PerScope(() => () => new Map<string, Promise<Decision>>());
  return {
    of: (call, asker) => {
      const batch = batches.of(executionOf(call), asker);
      const decided = known.of(memoryOf(call), asker);
      const foreseen = foresight?.of(call, asker);
      return {
        spend: batch.spend,
        load: (check) => {
          const decision = foreseen?.decisionOf(check);
          return decision === undefined ? loadOnce(check, decided, batch) : Promise.resolve(decision);
        },
      };
    },
    renew: (call) => batches.forget(executionOf(call)),
  };
}

/** Everything that is loaded until the event loop has nothing more to do travels as one call, each check once. */
export function createBatchingLoader(
  client: PosternClient,
  { authorization, consistency }: Asker,
  budget: ExecutionBudget,
): DecisionLoader {
  let loads = 0;
  const loader = new DataLoader<PermissionCheck, Decision>(
    (checks) => decideWithin(budget, checks, (asked) => decideAll(client, asked, authorization, consistency)),
    { cache: false, maxBatchSize: maxChecks, batchScheduleFn: (callback) => whenDrained(() => loads, callback) },
  );
  return {
    spend: (asked, count) => budget.spendObjects(asked, count),
    load: (check) => {
      const refusal = budget.spendCheck(check);
      // As a rejection: what is thrown here would leave the rejections of other checks to nobody.
      if (refusal !== undefined) return Promise.reject(refusal);
      loads += 1;
      return loader.load(check);
    },
  };
}

async function decideWithin(
  budget: ExecutionBudget,
  checks: readonly PermissionCheck[],
  decide: (checks: readonly PermissionCheck[]) => Promise<readonly Decision[]>,
): Promise<readonly Decision[]> {
  const [first] = checks;
  const refusal = first && budget.spendCall(first);
  if (refusal !== undefined) throw refusal;
  const unique = new Map(checks.map((check) => [keyOf(check), check]));
  const decisions = await budget.call(() => decide([...unique.values()]));
  const places = new Map([...unique.keys()].map((key, place) => [key, place]));
  return checks.map((check) => decisions[places.get(keyOf(check)) ?? -1] ?? unanswered);
}

const unanswered: Decision = { kind: 'undecided', reason: 'The check was not answered.' };

function loadOnce(check: PermissionCheck, decided: Map<string, Promise<Decision>>, loader: DecisionLoader) {
  const key = keyOf(check);
  const before = decided.get(key);
  if (before !== undefined) return before;
  const decision = loader.load(check);
  decided.set(key, decision);
  return decision;
}

/** The length in front keeps apart what would read the same when it is put together. */
function keyOf({ permission, object }: PermissionCheck): string {
  return `${permission.length} ${permission}${object}`;
}

/**
 * For how long a decision counts. A query changes nothing, so all of it is decided once. In a mutation any field may have
 * written before the next one asks, at whatever depth, and a subscription goes on: there every call of a field asks for itself.
 */
function memoryOf(call: FieldCall): object {
  return call.info.operation.operation === 'query' ? executionOf(call) : call.info;
}

interface Scope<Value> {
  readonly make: (asker: Asker) => Value;
  /** By token, and by what was asked for besides. */
  readonly values: Map<string, Map<string | undefined, Value>>;
}

/** One value for each scope and asker, for as long as the scope lives. */
class PerScope<Value> {
  readonly #scopes = new WeakMap<object, Scope<Value>>();
  readonly #open: () => (asker: Asker) => Value;

  constructor(open: () => (asker: Asker) => Value) {
    this.#open = open;
  }

  of(scope: object, asker: Asker): Value {
    const { make, values } = this.#scopes.get(scope) ?? this.#enter(scope);
    const ofToken = values.get(asker.authorization) ?? new Map<string | undefined, Value>();
    values.set(asker.authorization, ofToken);
    const value = ofToken.get(asker.consistency) ?? make(asker);
    ofToken.set(asker.consistency, value);
    return value;
  }

  #enter(scope: object): Scope<Value> {
    const entered = { make: this.#open(), values: new Map() };
    this.#scopes.set(scope, entered);
    return entered;
  }

  forget(scope: object): void {
    this.#scopes.delete(scope);
  }
}
