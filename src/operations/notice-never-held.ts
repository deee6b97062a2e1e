import { quote } from '../base/text-problem.ts';
import type { PreparedModel } from '../engine/prepared-model.ts';
import type { Model } from '../model/model.ts';
import { type SubjectRef, subjectType, wildcardOf } from '../model/subject-ref.ts';
import type { Postern } from './postern.ts';

/** Tells that a kind of subject cannot hold a permission whatever is written, so that a list about it is always empty. */
export function noticeNeverHeld(
  { notice }: Pick<Postern, 'notice'>,
  { model, reachable }: PreparedModel,
  { type, permission, subject }: { readonly type: string; readonly permission: string; readonly subject: SubjectRef },
): void {
  const relation = model.types.get(type)?.relations.get(permission);
  if (notice === undefined || relation === undefined || reachable.canReach(relation, subject)) return;
  const kind = subject.kind === 'set' ? `${subjectType(subject)}#${subject.relation}` : subjectType(subject);
  const others = [...model.types.values()].flatMap(({ name }) =>
    reachable.canReach(relation, wildcardOf(name)) ? [name] : [],
  );
  const hint = others.length === 0 ? '' : ` It can be held by ${others.map(quote).join(', ')}.`;
  const message = `Nothing of the kind ${quote(kind)} can hold ${quote(permission)} on the type ${quote(type)}.${hint}`;
  notice({ code: 'NEVER_HELD', message });
}

/** Tells that relationships are never written for a relation of one type, or of all types that have it. */
export function noticeComputed(
  { notice }: Pick<Postern, 'notice'>,
  { types }: Model,
  type: string | undefined,
  name: string,
): void {
  const asked = type === undefined ? [...types.values()] : [types.get(type)];
  const relations = asked.flatMap((one) => one?.relations.get(name) ?? []);
  if (relations.length === 0 || relations.some(({ restrictions }) => restrictions.length > 0)) return;
  const message = `The relation ${quote(name)} is computed, so that no relationship is written for it. Next: ask "subjectsWithAccess" who has it.`;
  notice?.({ code: 'NEVER_HELD', message });
}
