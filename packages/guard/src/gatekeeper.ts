import { type AuthorizationReader, type Caller, callerOf } from './caller.ts';
import type { Decision, PosternClient } from './decision.ts';
import { createDecisionLoaders, type DecisionLoader } from './decision-loader.ts';
import type { Guard } from './guard.ts';
import { combine, type Verdict } from './judge.ts';
import { objectIdOf } from './object-id.ts';
import type { FieldCall } from './pointer.ts';
import { isPosternError } from './postern-error.ts';

/** Answers the guards of a schema, for all requests that it serves. */
export interface Gatekeeper {
  /** Rejects only when the client names too many objects. */
  ask(guards: readonly Guard[], call: FieldCall): Promise<readonly Verdict[]>;
  /** After a change, what was decided in this execution counts no more. */
  forget(call: FieldCall): void;
}

export function createGatekeeper(client: PosternClient, reader: AuthorizationReader): Gatekeeper {
  const loaders = createDecisionLoaders(client);

  async function ask(guards: readonly Guard[], call: FieldCall): Promise<readonly Verdict[]> {
    const caller = callerOf(reader, call.context);
    if (caller.kind !== 'token') return guards.map((guard) => ({ guard, decision: withoutToken(caller) }));
    const loader = loaders.of(executionOf(call), caller.authorization);
    return Promise.all(guards.map(async (guard) => ({ guard, decision: await decide(guard, call, loader) })));
  }

  return { ask, forget: (call) => loaders.forget(executionOf(call)) };
}

/**
 * Every execution has an object of its own for its variables, whatever its server does with the context; so two users who share
 * a context share no answer. An executor that has none loses batching, and nothing else.
 */
function executionOf({ info }: FieldCall): object {
  const variables: unknown = info.variableValues;
  return typeof variables === 'object' && variables !== null ? variables : {};
}

function withoutToken(caller: Exclude<Caller, { kind: 'token' }>): Decision {
  return caller.kind === 'anonymous' ? { kind: 'unauthenticated' } : { kind: 'undecided', reason: caller.reason };
}

async function decide(guard: Guard, call: FieldCall, loader: DecisionLoader): Promise<Decision> {
  const values = await findValues(guard, call);
  if (values === undefined) return { kind: 'undecided', reason: 'A resolver on the way to the object failed.' };
  const ids = values.map(objectIdOf);
  const { permission, type } = guard;
  return combine(
    await Promise.all(
      // What can name no object is denied here: asked together with the rest, it would leave the rest without an answer.
      ids.map((id) => (id === undefined ? denied : loader.load({ permission, object: `${type}:${id}` }))),
    ),
  );
}

const denied: Decision = { kind: 'denied' };

/** Undefined when it cannot be known what the guard is about. */
async function findValues({ find }: Guard, call: FieldCall): Promise<readonly unknown[] | undefined> {
  try {
    return await find(call);
  } catch (error) {
    if (isPosternError(error)) throw error;
    return undefined;
  }
}
