import { quote } from '../../base/text-problem.ts';
import { isSameObject } from '../../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import type { ChangeKind, WriteConstraint } from '../../store/write-constraint.ts';
import type { Agent, Viewer } from '../actor.ts';
import { isBreakGlass } from '../break-glass.ts';
import { notByAgent } from '../delegate-problems.ts';
import type { InputError, Refusal } from '../refusal.ts';
import type { FieldOf } from './field-of.ts';

/**
 * What an agent never changes for anybody: access for emergencies, and anything on itself, from which it follows for whom it may act; of what
 * that follows from elsewhere, see `constrainActingFor`. Whether it gives something to itself, or to the one it acts for: see `constrainSelfGrants`.
 */
export function constrainAgent(actor: Viewer, agent: Agent, fieldOf: FieldOf): WriteConstraint<Refusal> {
  const errors: InputError[] = [];
  return {
    see: async (kind, relationships) => {
      for (const one of relationships) {
        const what = neverChanged(kind, one, agent);
        if (what === undefined) continue;
        const message = `${quote(formatRelationship(one))} is ${what}, and ${notByAgent(actor, agent)}`;
        const field = fieldOf(one.object, kind === 'delete' ? undefined : one);
        errors.push({ code: 'DELEGATE_NOT_ALLOWED', message, field });
      }
    },
    findProblem: async () => (errors.length > 0 ? { kind: 'invalid', errors } : undefined),
  };
}

function neverChanged(kind: ChangeKind, { object, condition }: Relationship, agent: Agent): string | undefined {
  if (kind !== 'delete' && condition !== undefined && isBreakGlass(condition.name)) return 'break-glass';
  // Also to take something away there: it may be what kept the agent from acting for somebody.
  return isSameObject(object, agent.object) ? 'about the agent itself' : undefined;
}
