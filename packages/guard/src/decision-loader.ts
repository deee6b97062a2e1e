import DataLoader from 'dataloader';
import type { Decision, PermissionCheck, PosternClient } from './decision.ts';

/** The most checks that Postern takes in one call. */
const maxChecks = 1000;

/** Decisions about one caller: each is asked for once, and what is asked in the same turn travels as one call. */
export interface DecisionLoader {
  /** Never rejects. */
  load(check: PermissionCheck): Promise<Decision>;
}

export function createDecisionLoader(client: PosternClient, authorization: string): DecisionLoader {
  return new DataLoader<PermissionCheck, Decision, string>((checks) => decideAll(client, checks, authorization), {
    maxBatchSize: maxChecks,
    // The length in front keeps apart what would read the same when it is put together.
    cacheKeyFn: ({ permission, object }) => `${permission.length} ${permission}${object}`,
  });
}

/** The loaders of all executions that run, by execution and by token. */
export interface DecisionLoaders {
  /** `execution` is an object that every execution has of its own. */
  of(execution: object, authorization: string): DecisionLoader;
  /** After a change, what was decided before it counts no more. */
  forget(execution: object): void;
}

export function createDecisionLoaders(client: PosternClient): DecisionLoaders {
  const executions = new WeakMap<object, Map<string, DecisionLoader>>();
  return {
    of: (execution, authorization) => {
      const loaders = executions.get(execution) ?? new Map<string, DecisionLoader>();
      executions.set(execution, loaders);
      const loader = loaders.get(authorization) ?? createDecisionLoader(client, authorization);
      loaders.set(authorization, loader);
      return loader;
    },
    forget: (execution) => executions.delete(execution),
  };
}

/** Whatever a client does that it must not do, leaves every check undecided. */
async function decideAll(
  client: PosternClient,
  checks: readonly PermissionCheck[],
  authorization: string,
): Promise<readonly Decision[]> {
  try {
    const decisions: readonly unknown[] = await client.decide(checks, authorization);
    if (Array.isArray(decisions) && decisions.length === checks.length) return Array.from(decisions, readDecision);
    return checks.map(() => undecided('The client did not answer each check with one decision.'));
  } catch {
    // The message of what was thrown may quote the token.
    return checks.map(() => undecided('The client failed.'));
  }
}

const kinds: ReadonlySet<unknown> = new Set<Decision['kind']>(['allowed', 'denied', 'unauthenticated', 'undecided']);

function readDecision(decision: unknown): Decision {
  return isDecision(decision) ? decision : undecided('The client answered with something that is no decision.');
}

function isDecision(value: unknown): value is Decision {
  return typeof value === 'object' && value !== null && kinds.has(Reflect.get(value, 'kind'));
}

function undecided(reason: string): Decision {
  return { kind: 'undecided', reason };
}
