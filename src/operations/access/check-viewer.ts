import { at } from '../../base/fault-port.ts';
import type { Check } from '../../engine/check/check.ts';
import { checkTogether } from '../../engine/check/check-together.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import { type Consistency, usualConsistency } from '../../model/consistency.ts';
import type { Position } from '../../model/consistency-token.ts';
import { type Decision, undecided } from '../../model/decision.ts';
import type { Problem } from '../../model/problem.ts';
import type { Viewer } from '../actor.ts';
import { askAs, checksOfRights, enforcedOf, type Right } from '../ask-rights.ts';
import { isBreakGlass, recordBreakGlassReads } from '../break-glass.ts';
import { findStaleness } from '../check-freshness.ts';
import type { DecidedBatch } from '../decided-batch.ts';
import type { Postern } from '../postern.ts';
import { problemOfFailure } from '../problem-of-failure.ts';
import { tellDecisions } from '../tell-decisions.ts';
import { inWordsOf, type Wording } from './wording.ts';

export type ViewerCheck = Right;

/** Says which of the checks, by their places, somebody enforces: at once, or whenever somebody asks again for one of them. */
export type TellEnforced = (places: Iterable<number>) => void;

export interface CheckViewerOptions {
  readonly consistency?: Consistency | undefined;
  readonly wording?: Wording | undefined;
  /** Takes it over to say what is enforced; without it, all of it is. Not told where nothing was decided. */
  readonly onDecided?: ((tell: TellEnforced) => void) | undefined;
}

export interface ViewerAnswer {
  /** One for each check, in their order. */
  readonly decisions: readonly Decision[];
  /** What they were decided on; undefined where nothing was. */
  readonly state: Position | undefined;
}

/** The same as `answerViewer`, for whom it does not matter which state says so. */
export async function checkViewer(...question: Parameters<typeof answerViewer>): Promise<readonly Decision[]> {
  return (await answerViewer(...question)).decisions;
}

/**
 * What the viewer may do: all checks from one snapshot; never throws, and no failure is ever an answer. What is allowed by
 * break-glass is in the audit log before anybody hears of it.
 */
export async function answerViewer(
  postern: Postern,
  viewer: Viewer,
  checks: readonly ViewerCheck[],
  { consistency = usualConsistency, wording, onDecided = tellAll(checks.length) }: CheckViewerOptions = {},
): Promise<ViewerAnswer> {
  const startedAt = performance.now();
  const own = checksOfRights(viewer, checks);
  let asked = own;
  let question = askAs(viewer, own);
  const tell = (decisions: readonly Decision[], state?: DecidedBatch['state']) =>
    tellDecisions(postern, { actor: viewer, checks: asked, decisions, state, startedAt });
  const decideNothing = (problem: Problem) => {
    const decision = undecided(problem);
    const decisions = asked.map(() => decision);
    tell(decisions);
    return { decisions, state: undefined };
  };
  try {
    const request = { checks: question.checks, contextual: [] };
    const reader = postern.store.checkReader(request.checks.length);
    const under =
      wording &&
      (({ model }: PreparedModel) => {
        asked = inWordsOf(model, own, wording);
        question = askAs(viewer, asked);
        return { ...request, checks: question.checks };
      });
    const decide = () => checkTogether(reader, request, isBreakGlass, { consistency, under });
    const answer = await at(postern.faults, 'decideBatch', decide);
    const stale = await findStaleness(answer.state, consistency, { line: postern.store.line, log: postern.store });
    if (stale !== undefined) return decideNothing(stale);
    postern.answeredFrom?.(answer.state);
    const { decisions, reads } = question.judge(answer);
    await recordBreakGlassReads(postern, viewer, reads);
    tell(decisions, answer.state);
    const { onEnforced } = postern;
    if (onEnforced !== undefined) {
      onDecided((places) => onEnforced(enforcedOf(question, answer, decidedAt(places, asked, decisions))));
    }
    return { decisions, state: answer.state };
  } catch (error) {
    return decideNothing(problemOfFailure(postern, 'Permissions of a viewer could not be checked.', error));
  }
}

function tellAll(count: number): (tell: TellEnforced) => void {
  return (tell) => tell(Array(count).keys());
}

function* decidedAt(
  places: Iterable<number>,
  checks: readonly Check[],
  decisions: readonly Decision[],
): Generator<readonly [Check, Decision]> {
  for (const place of places) {
    const [check, decision] = [checks[place], decisions[place]];
    if (check !== undefined && decision !== undefined) yield [check, decision];
  }
}
