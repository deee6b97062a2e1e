import { quote } from '../base/text-problem.ts';
import type { Check } from '../engine/check/check.ts';
import { formatObjectRef } from '../model/object-ref.ts';
import { type Problem, problem } from '../model/problem.ts';
import { formatSubjectRef } from '../model/subject-ref.ts';
import type { Agent, Viewer } from './actor.ts';

/** The model does not say for whom agents may act: a mistake of whoever configured it, and no answer to whoever asks. */
export function undefinedProblem({ object: { type }, permission }: Agent): Problem {
  const message = `The active model has no permission ${quote(permission)} on the type ${quote(type)}, so that nothing is allowed to whoever acts for somebody else. Next: define it in the model, or name another one in the "actor" of the token class.`;
  return problem('DELEGATION_UNDEFINED', message);
}

/** Emergencies are for people, who answer for them. */
export function breakGlassProblem(viewer: Viewer, agent: Agent, { relation, object }: Check): Problem {
  const held = `${quote(relation)} on ${quote(formatObjectRef(object))}`;
  return problem('DELEGATE_NOT_ALLOWED', `${held} is held by break-glass here, and ${notByAgent(viewer, agent)}`);
}

/** The end of a sentence about something that only the subject itself may do. */
export function notByAgent({ subject }: Pick<Viewer, 'subject'>, { object }: Agent): string {
  const who = quote(formatSubjectRef(subject));
  return `${quote(formatObjectRef(object))}, which acts for ${who}, may not do that. Next: ask ${who} to do it.`;
}
