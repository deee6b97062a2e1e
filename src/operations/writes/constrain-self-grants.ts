import { invariant } from '../../base/invariant.ts';
import { quote } from '../../base/text-problem.ts';
import { zip } from '../../base/zip.ts';
import { type Check, objectsOf } from '../../engine/check/check.ts';
import { checkTogetherInSnapshot, watchingNone } from '../../engine/check/check-together.ts';
import type { Decision } from '../../model/decision.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import type { WriteConstraint } from '../../store/write-constraint.ts';
import type { WriteState } from '../../store/write-transaction.ts';
import { agentOf, type Viewer } from '../actor.ts';
import { notByAgent } from '../delegate-problems.ts';
import type { InputError, Refusal } from '../refusal.ts';
import type { FieldOf } from './field-of.ts';
import { checkKey, type ProtectedChange, protectedChangesOf } from './self-grant.ts';

/**
 * Whether the actor gives a protected role to itself: it is named, or it is in the set, or holds the role at the other end of
 * the link, that gives the role or no longer keeps it away. That is asked before anything is changed, each question once.
 */
export function constrainSelfGrants(state: WriteState, actor: Viewer, fieldOf: FieldOf): WriteConstraint<Refusal> {
  const errors: InputError[] = [];
  let undecided: Refusal | undefined;
  return {
    see: async (kind, relationships) => {
      const model = await state.loadPresentModel();
      const changes = protectedChangesOf(model, actor, kind, relationships);
      const decisions = await checkReached(state, changes);
      const refused = new Set<Relationship>();
      for (const change of changes) {
        const { relationship, isNamed, reaches } = change;
        const found = reaches.flatMap((check) => decisionsOn(check, decisions));
        // Nobody knows whether it gives the role: that is no "no".
        for (const decision of found) if (decision.kind === 'undecided') undecided ??= decision;
        const isReached = isNamed || found.some(({ kind: decided }) => decided === 'allowed');
        if (!isReached || refused.has(relationship)) continue;
        refused.add(relationship);
        errors.push(
          selfGrantError(actor, change, fieldOf(relationship.object, kind === 'delete' ? undefined : relationship)),
        );
      }
    },
    findProblem: async () => (errors.length > 0 ? { kind: 'invalid', errors } : undecided),
  };
}

/** What holds now, and what will when all has begun that is to begin: who waits for a membership is as good as a member. */
async function checkReached(state: WriteState, changes: readonly ProtectedChange[]): Promise<Reached> {
  const asked = new Map(changes.flatMap(({ reaches }) => reaches.map((check) => [checkKey(check), check] as const)));
  if (asked.size === 0) return new Map();
  const request = { checks: [...asked.values()], contextual: [] };
  const snapshot = await state.openSnapshot(objectsOf(request));
  const now = await checkTogetherInSnapshot(snapshot, request, watchingNone);
  const later = await checkTogetherInSnapshot(snapshot.asIfBegun(), request, watchingNone);
  const both = zip(now.decisions, later.decisions);
  return new Map(zip([...asked.keys()], both));
}

/** Of each check, the decisions on it. */
type Reached = ReadonlyMap<string, readonly Decision[]>;

function decisionsOn(check: Check, reached: Reached): readonly Decision[] {
  const decisions = reached.get(checkKey(check));
  invariant(decisions !== undefined, 'a check that was asked is decided');
  return decisions;
}

function selfGrantError(actor: Viewer, { relationship, role }: ProtectedChange, field: readonly string[]): InputError {
  const agent = agentOf(actor);
  if (agent !== undefined) {
    const given = `This would give something to one of the two: ${quote(formatRelationship(relationship))}.`;
    return { code: 'DELEGATE_NOT_ALLOWED', message: `${given} ${notByAgent(actor, agent)}`, field };
  }
  const message = `Nobody gives the role ${quote(role)} to themselves, and this would: ${quote(formatRelationship(relationship))}.`;
  return { code: 'SELF_GRANT', message, field };
}
