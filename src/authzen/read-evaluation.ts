import { failed, ok, type Result } from '../base/result.ts';
import type { Check } from '../engine/check/check.ts';
import { subjectOf } from '../model/subject-ref.ts';
import type { EntityIds } from './entity-ids.ts';
import type { ContextReader } from './read-context.ts';
import { readAction, readOptional, readThing, type Sent } from './read-members.ts';

/** What an evaluation asks: a check whose relation is the action's name; or why it can be none, where nothing can have this id or type. */
export type Evaluation =
  | { readonly kind: 'check'; readonly check: Check }
  | { readonly kind: 'unnamable'; readonly message: string };

/** Reads an evaluation; the problem is a sentence about a member that is missing, or of another form than it must be. */
export function readEvaluation(sent: Sent, ids: EntityIds, contexts: ContextReader): Result<Evaluation, string> {
  const subject = readThing(sent, 'subject');
  if (!subject.ok) return subject;
  const action = readAction(sent);
  if (!action.ok) return action;
  const resource = readThing(sent, 'resource');
  if (!resource.ok) return resource;
  const given = readOptional(sent, 'context');
  if (!given.ok) return given;
  const values = { subject: subject.value, action: action.value, resource: resource.value, context: given.value };
  const context = contexts.read(values);
  if (!context.ok) return failed(context.problem);
  const asked = ids.objectOf(subject.value.type, subject.value.id);
  if (!asked.ok) return ok({ kind: 'unnamable', message: `"subject": ${asked.problem}` });
  const object = ids.objectOf(resource.value.type, resource.value.id);
  if (!object.ok) return ok({ kind: 'unnamable', message: `"resource": ${object.problem}` });
  const names = { subject: subjectOf(asked.value), relation: action.value.name, object: object.value };
  return ok({ kind: 'check', check: { ...names, context: context.value } });
}
