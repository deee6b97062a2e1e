import { type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import {
  type Answers,
  type Decision as GuardDecision,
  type PermissionCheck,
  type Refusing,
  refuseAll,
} from '#guard/gateway';
import { ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import type { Consistency } from '../../model/consistency.ts';
import type { Decision } from '../../model/decision.ts';
import { parseObjectRef } from '../../model/object-ref.ts';
import { checkViewer, type ViewerCheck } from '../../operations/access/check-viewer.ts';
import { callerName, type Viewer } from '../../operations/actor.ts';
import type { Callers } from '../../operations/callers.ts';
import type { Gate } from '../../operations/gate.ts';
import { type Postern, workingFor } from '../../operations/postern.ts';
import { overloadedProblem, tooManyRequestsProblem } from '../../operations/problem-of-failure.ts';
import { pointsOfBytes } from '../http/admit-request.ts';
import { readConsistencyHeader } from '../http/read-consistency-header.ts';
import type { Authenticator } from '../identity/authenticate.ts';
import { viewerOf } from '../identity/viewer-of.ts';
import type { RouterMessage } from './router-message.ts';

export interface AnsweringParts {
  readonly postern: Postern;
  readonly authenticator: Authenticator;
  readonly callers: Callers;
  readonly gate: Gate;
}

/** What of a message says who asks, and how fresh the answers must be. */
interface AskingMessage extends Pick<RouterMessage, 'authorization' | 'consistency'> {
  readonly operation: Pick<OperationDefinitionNode, 'operation'>;
}

/** Answers checks about whoever the client's own token stands for, from one snapshot; what they sent is charged to them. */
export async function answerChecks(
  { postern, authenticator, callers, gate }: AnsweringParts,
  { authorization, consistency, operation }: AskingMessage,
  checks: readonly PermissionCheck[],
  sentBytes: number,
): Promise<Answers> {
  const [header, ...others] = authorization;
  // Of two tokens nobody can say which one a subgraph would take.
  if (others.length > 0) return refuseAll(checks, { kind: 'unauthenticated' });
  const authentication = await authenticator.authenticate(header);
  switch (authentication.kind) {
    case 'anonymous':
    case 'rejected':
      return refuseAll(checks, { kind: 'unauthenticated' });
    case 'unavailable':
      return refuseAll(checks, { kind: 'undecided', reason: authentication.reason });
    case 'authenticated': {
      const caller = callers.of(callerName(authentication));
      const waitSeconds = caller.take(checks.length + pointsOfBytes(sentBytes));
      if (waitSeconds > 0) return refuseAll(checks, undecidedFor(waitSeconds));
      const wanted = readConsistency(consistency, operation);
      if (!wanted.ok) return refuseAll(checks, { kind: 'undecided', reason: wanted.problem });
      const viewer = viewerOf(authentication, undefined);
      const weight = 1 + checks.length / checksPerWeight;
      const pass = gate.enter(caller, { kind: 'enforcement', weight, isGone: neverGone });
      const overloaded: Refusing = { kind: 'undecided', reason: overloadedProblem.message };
      if (pass === undefined) return refuseAll(checks, overloaded);
      try {
        if ((await pass.turn) === false) return refuseAll(checks, overloaded);
        const decisions = await askViewer(workingFor(postern, caller), viewer, checks, wanted.value);
        return { decisions, withoutObject: denied };
      } finally {
        pass.giveBack();
      }
    }
  }
}

/** Routers say nothing of how long they wait. */
const neverGone = () => false;

/** Checks that take about a millisecond. */
const checksPerWeight = 100;

/** No client asks for an older state than usual; before anything is changed, none will do, whatever an operator allows. */
function readConsistency(
  header: readonly string[],
  { operation }: Pick<OperationDefinitionNode, 'operation'>,
): Result<Consistency, string> {
  const wanted = readConsistencyHeader(header.length === 0 ? undefined : header);
  if (!wanted.ok) return wanted;
  const isExact = operation === OperationTypeNode.MUTATION || wanted.value.mode === 'fullyConsistent';
  return ok({ ...wanted.value, mode: isExact ? 'fullyConsistent' : 'usual' });
}

function undecidedFor(waitSeconds: number): Refusing {
  return { kind: 'undecided', reason: tooManyRequestsProblem(waitSeconds).message };
}

const denied: Refusing = { kind: 'denied' };
const noObject: Refusing = { kind: 'undecided', reason: 'The object of a guard cannot be read.' };

async function askViewer(
  postern: Postern,
  viewer: Viewer,
  checks: readonly PermissionCheck[],
  consistency: Consistency,
): Promise<readonly GuardDecision[]> {
  const asked = new Map<PermissionCheck, ViewerCheck>();
  for (const check of checks) {
    const object = parseObjectRef(check.object);
    if (object.ok) asked.set(check, { permission: check.permission, object: object.value });
  }
  if (asked.size === 0) return checks.map(() => noObject);
  const decisions = await checkViewer(postern, viewer, [...asked.values()], { consistency });
  const answers = new Map(zip([...asked.keys()], decisions));
  return checks.map((check) => told(answers.get(check)));
}

function told(decision: Decision | undefined): GuardDecision {
  if (decision === undefined) return noObject;
  return decision.kind === 'undecided' ? { kind: 'undecided', reason: decision.problem.message } : decision;
}
