import { isSameObject, type ObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import { type Constrain, unconstrained, type WriteConstraint } from '../../store/write-constraint.ts';
import { type Actor, agentOf } from '../actor.ts';
import type { InputError, Refusal } from '../refusal.ts';
import { constrainActingFor } from './constrain-acting-for.ts';
import { constrainAgent } from './constrain-agent.ts';
import { constrainGains } from './constrain-gains.ts';
import { constrainKeptRoles } from './constrain-kept-roles.ts';
import { constrainSelfGrants } from './constrain-self-grants.ts';
import type { FieldOf } from './field-of.ts';

/**
 * Holds a write to what the model declares, and agents to what they never do: that nobody gives certain roles to themselves, and that an object keeps a
 * permanent holder of a role. What was broken is said on the state that the write leaves.
 *
 * No write begins without a constraint, so that no operation can forget it; only the console is not held to it. What is taken away with an
 * object that is `retired` is held to nothing there: no role of it is left to be kept, or to be come by.
 */
export function constrainWrite(
  actor: Actor,
  fieldOf: FieldOf = () => ['input'],
  retired?: ObjectRef,
): Constrain<Refusal> {
  if (actor.kind === 'console') return unconstrained;
  return (state) => {
    const agent = agentOf(actor);
    const all = allOf([
      ...(agent === undefined ? [] : [constrainAgent(actor, agent, fieldOf)]),
      constrainSelfGrants(state, actor, fieldOf),
      constrainKeptRoles(state, fieldOf),
    ]);
    const held = retired === undefined ? all : exceptOn(retired, all);
    const gains = constrainGains(state, actor, fieldOf, retired);
    return firstOf(
      held,
      agent === undefined ? gains : firstOf(constrainActingFor(state, actor, agent, fieldOf), gains),
    );
  };
}

/** The same, but for what is deleted on an object. */
function exceptOn(object: ObjectRef, { see, findProblem }: WriteConstraint<Refusal>): WriteConstraint<Refusal> {
  const isHeld = (one: Relationship) => !isSameObject(one.object, object);
  return {
    see: (kind, relationships) => see(kind, kind === 'delete' ? relationships.filter(isHeld) : relationships),
    findProblem,
  };
}

/** What the second finds is looked for only where the first found nothing. */
function firstOf(first: WriteConstraint<Refusal>, second: WriteConstraint<Refusal>): WriteConstraint<Refusal> {
  return {
    see: async (kind, relationships) => {
      await first.see(kind, relationships);
      await second.see(kind, relationships);
    },
    findProblem: async () => (await first.findProblem()) ?? (await second.findProblem()),
  };
}

/** All of the constraints at once: what any of them finds invalid is said together. */
function allOf(constraints: readonly WriteConstraint<Refusal>[]): WriteConstraint<Refusal> {
  return {
    see: async (kind, relationships) => {
      for (const constraint of constraints) await constraint.see(kind, relationships);
    },
    findProblem: async () => {
      const errors: InputError[] = [];
      for (const constraint of constraints) {
        const refusal = await constraint.findProblem();
        if (refusal?.kind !== 'invalid' && refusal !== undefined) return refusal;
        errors.push(...(refusal?.errors ?? []));
      }
      return errors.length === 0 ? undefined : { kind: 'invalid', errors };
    },
  };
}
