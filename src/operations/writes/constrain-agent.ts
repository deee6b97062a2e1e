import { quote } from '../../base/text-problem.ts';
import { isSameObject } from '../../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import type { WriteConstraint } from '../../store/write-constraint.ts';
import type { Agent, Viewer } from '../actor.ts';
import { isBreakGlass } from '../break-glass.ts';
import { notByAgent } from '../delegate-problems.ts';
import type { InputError, Refusal } from '../refusal.ts';
import type { FieldOf } from './field-of.ts';

/**
 * What an agent never writes for anybody: access for emergencies, and anything on itself, from which it follows for whom it may act.
 * Whether it gives something to itself, or to the one it acts for: see `constrainSelfGrants`.
 */
export function constrainAgent(actor: Viewer, agent: Agent, fieldOf: FieldOf): WriteConstraint<Refusal> {
  const errors: InputError[] = [];
  return {
    see: async (kind, relationships) => {
      if (kind === 'delete') return;
      for (const one of relationships) {
        const what = neverWritten(one, agent);
        if (what === undefined) continue;
        const message = `${quote(formatRelationship(one))} is ${what}, and ${notByAgent(actor, agent)}`;
        errors.push({ code: 'DELEGATE_NOT_ALLOWED', message, field: fieldOf(one.object, one) });
      }
    },
    findProblem: async () => (errors.length > 0 ? { kind: 'invalid', errors } : undefined),
  };
}

function neverWritten({ object, condition }: Relationship, agent: Agent): string | undefined {
  if (condition !== undefined && isBreakGlass(condition.name)) return 'break-glass';
  return isSameObject(object, agent.object) ? 'about the agent itself' : undefined;
}
