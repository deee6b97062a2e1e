import { invariant } from '../base/invariant.ts';
import { zip } from '../base/zip.ts';
import type { Check, CheckAnswer } from '../engine/check/check.ts';
import { checkTogetherInSnapshot } from '../engine/check/check-together.ts';
import type { ContextualRelationships, Snapshot } from '../engine/ports.ts';
import { allOf, allowed, type Decision, undecided } from '../model/decision.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import { emptyContext } from '../model/relationship.ts';
import { isSameSubject, subjectOf } from '../model/subject-ref.ts';
import { type Actor, type Agent, agentOf, type Viewer } from './actor.ts';
import type { BreakGlassRead } from './audited-actor.ts';
import { isBreakGlass, readsOf } from './break-glass.ts';
import { breakGlassProblem, undefinedProblem } from './delegate-problems.ts';
import type { EnforcedChecks } from './enforced-checks.ts';

/** What somebody would do: a permission on an object. */
export interface Right {
  readonly permission: string;
  readonly object: ObjectRef;
}

/** The checks that answer a question of an actor, and what they come to. */
export interface AskedRights {
  /** To be decided together, on one state, with {@link isBreakGlass} watched. */
  readonly checks: readonly Check[];
  readonly judge: (answer: Pick<CheckAnswer, 'decisions' | 'dependingOn'>) => JudgedRights;
  /** What has to be allowed for that one of the questions is. */
  readonly partsOf: (check: Check) => readonly Check[];
}

export interface JudgedRights {
  /** One for each right, or check, that was to be asked, in their order. */
  readonly decisions: readonly Decision[];
  /** What of it the actor itself holds by break-glass, for the audit log. */
  readonly reads: readonly BreakGlassRead[];
}

/** What has to be asked to know what a viewer may do, with nothing that the viewer could assert: see `askAs`. */
export function askRights(viewer: Viewer, rights: readonly Right[]): AskedRights {
  return askAs(viewer, checksOfRights(viewer, rights));
}

export function checksOfRights({ subject, context: facts }: Viewer, rights: readonly Right[]): readonly Check[] {
  return rights.map(({ permission, object }): Check => {
    return { subject, relation: permission, object, context: emptyContext, facts };
  });
}

/** The same, decided in a snapshot that is open. */
export async function decideRights(
  snapshot: Snapshot,
  viewer: Viewer,
  rights: readonly Right[],
): Promise<DecidedRights> {
  const own = checksOfRights(viewer, rights);
  const asked = askAs(viewer, own);
  const answer = await checkTogetherInSnapshot(snapshot, { checks: asked.checks, contextual: [] }, isBreakGlass);
  const judged = asked.judge(answer);
  return { ...judged, enforced: () => enforcedOf(asked, answer, zip(own, judged.decisions)) };
}

export interface DecidedRights extends JudgedRights {
  /** What of it is allowed, for whoever enforces it. */
  readonly enforced: () => EnforcedChecks;
}

/** Everything that allows what is allowed of these questions. */
export function enforcedOf(
  { partsOf }: Pick<AskedRights, 'partsOf'>,
  { goalsOf }: Pick<CheckAnswer, 'goalsOf'>,
  decided: Iterable<readonly [Check, Decision]>,
): EnforcedChecks {
  const checks = new Set<Check>();
  for (const [check, { kind }] of decided) if (kind === 'allowed') for (const part of partsOf(check)) checks.add(part);
  return { checks: [...checks], goalsOf };
}

/** The objects that a snapshot must know to decide what a viewer may do anywhere. */
export function objectsOfViewer(viewer: Viewer): readonly ObjectRef[] {
  const own = viewer.subject.kind === 'wildcard' ? [] : [viewer.subject.object];
  const agent = agentOf(viewer);
  return agent === undefined ? own : [...own, agent.object];
}

/**
 * What has to be asked so that checks are answered to this actor. Whatever depends on who asks, a right as well as a question about
 * oneself, goes through here: it is the one place that knows what an agent means.
 *
 * Where an agent acts for the one that is asked about, a check is three: that one's, the agent's, and whether the agent may act for it.
 * All of them have to allow it, a denial decides, and what rests on break-glass is not for agents. Checks about others stay what they are.
 */
export function askAs(actor: Actor, checks: readonly Check[]): AskedRights {
  const partsOf = (check: Check) => [check];
  if (actor.kind === 'console') return { checks, judge: ({ decisions }) => ({ decisions, reads: [] }), partsOf };
  const agent = agentOf(actor);
  if (agent !== undefined && checks.some((check) => isOwn(actor, check))) return askWithAgent(actor, agent, checks);
  const judge: AskedRights['judge'] = ({ decisions, dependingOn }) => {
    const isOfOwn = checks.some((check) => isOwn(actor, check));
    const own = isOfOwn ? [...dependingOn(isBreakGlass)].filter((check) => isOwn(actor, check)) : [];
    return { decisions, reads: readsOf(own) };
  };
  return { checks, judge, partsOf };
}

/** Whether the agent may act for the viewer at all: without that, it has no right. */
export async function decideActing(
  snapshot: Snapshot,
  viewer: Viewer,
  contextual: ContextualRelationships,
): Promise<Decision> {
  const agent = agentOf(viewer);
  if (agent === undefined) return allowed;
  const request = { checks: [actingCheck(viewer, agent)], contextual };
  const { decisions } = await checkTogetherInSnapshot(snapshot, request, isBreakGlass);
  return judgeActing(agent, decisions[0]);
}

function askWithAgent(viewer: Viewer, agent: Agent, checks: readonly Check[]): AskedRights {
  const acting = actingCheck(viewer, agent);
  const own = checks.filter((check) => isOwn(viewer, check));
  const subject = subjectOf(agent.object);
  const agents = own.map((check): Check => ({ ...check, subject, facts: agent.context }));
  const judge: AskedRights['judge'] = ({ decisions: [first, ...others], dependingOn }) => {
    const mayAct = judgeActing(agent, first);
    const byBreakGlass = dependingOn(isBreakGlass);
    const ofAgents = new Map(zip(own, zip(agents, others.slice(checks.length))));
    const decisions = zip(checks, others.slice(0, checks.length)).map(([check, decision]) => {
      const [agentCheck, ofAgent] = ofAgents.get(check) ?? [];
      if (agentCheck === undefined || ofAgent === undefined) return decision;
      // An agent that a model has never heard of holds nothing in it: that must not pass for its answer.
      const ofAll = allOf(isUndefined(mayAct) ? [decision, mayAct] : [decision, mayAct, ofAgent]);
      const isForPeople = [check, agentCheck, acting].some((one) => byBreakGlass.has(one));
      return ofAll.kind === 'allowed' && isForPeople ? undecided(breakGlassProblem(viewer, agent, check)) : ofAll;
    });
    return { decisions, reads: [] };
  };
  const agentOfOwn = new Map(zip(own, agents));
  const partsOf = (check: Check) => {
    const ofAgent = agentOfOwn.get(check);
    return ofAgent === undefined ? [check] : [acting, check, ofAgent];
  };
  return { checks: [acting, ...checks, ...agents], judge, partsOf };
}

function isOwn({ subject }: Viewer, check: Check): boolean {
  // Mostly the very same: the checks are made of the viewer.
  return check.subject === subject || isSameSubject(check.subject, subject);
}

function actingCheck({ subject, context: facts }: Viewer, { object, permission }: Agent): Check {
  return { subject, relation: permission, object, context: emptyContext, facts };
}

/** Where the model cannot say for whom agents act, that is no "no". */
function judgeActing(agent: Agent, decision: Decision | undefined): Decision {
  invariant(decision !== undefined, 'a check that was asked is decided');
  const isUnknown = decision.kind === 'undecided' && decision.problem.code.startsWith('UNKNOWN_');
  return isUnknown ? undecided(undefinedProblem(agent)) : decision;
}

function isUndefined(mayAct: Decision): boolean {
  return mayAct.kind === 'undecided' && mayAct.problem.code === 'DELEGATION_UNDEFINED';
}
