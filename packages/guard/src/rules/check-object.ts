import { isObjectId } from '../object-id.ts';
import { directiveName } from '../requires-permission.ts';
import { type GuardProblem, problem, quote } from './guard-problem.ts';
import { coordinateOf, objectText, ownerOf, type WrittenGuard } from './written-guard.ts';

/** Whether a guard says what it is about, or it follows. */
export function checkObject(guard: WrittenGuard): readonly GuardProblem[] {
  const { object, requirement } = guard;
  if (object?.kind === 'literal' && !isObjectId(object.id)) {
    const message = `The object ${quote(objectText(guard))} on "${coordinateOf(guard)}" has an id that no object can have; write one such as "platform:main".`;
    return [problem('malformed-directive', requirement.node, message)];
  }
  // A filter of what is no list has a problem of its own.
  if (object !== undefined || ownerOf(guard) === undefined) return [];
  return [problem('missing-object', requirement.node, missingObject(guard))];
}

function missingObject(guard: WrittenGuard): string {
  const type = ownerOf(guard) ?? guard.type;
  const what = `@${directiveName}(permission: ${quote(guard.requirement.permission)}) on "${coordinateOf(guard)}" needs an object`;
  if (type.kind === 'enum') return `${what}; write one such as "platform:main", or point to an argument with "$args".`;
  return type.isRoot
    ? `${what}; write object: "<type>:{$args.id}", or one such as "platform:main".`
    : `${what}, as "${type.name}" has no single @key of one field; write object: "<type>:{$this.<field>}".`;
}
