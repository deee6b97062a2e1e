import { quote } from '../../base/text-problem.ts';
import { keptRoleOf, protectedRolesOf } from '../../model/declarations.ts';
import type { Model, TypeDefinition } from '../../model/model.ts';

/** Sentences for what the old model declares and the draft does not: no test of rights would notice. */
export function lostDeclarations(old: Model, draft: Model): readonly string[] {
  const parameters = [...old.runtimeParameters].filter((name) => !draft.runtimeParameters.has(name));
  return [
    ...[...old.types.values()].flatMap((type) => {
      const after = draft.types.get(type.name);
      return after === undefined ? [] : [...lostKept(type, after), ...lostProtected(type, after)];
    }),
    ...parameters.map(
      (name) => `The parameter ${quote(name)} is filled by the request only, and by the draft no longer.`,
    ),
  ];
}

function lostKept(before: TypeDefinition, after: TypeDefinition): readonly string[] {
  const [was, is] = [keptRoleOf(before), keptRoleOf(after)];
  if (was === undefined || (was.role === is?.role && was.except === is.except)) return [];
  const without = was.except === undefined ? '' : ` without ${quote(was.except)}`;
  return [
    `Objects of the type ${quote(before.name)} must keep ${quote(was.role)}${without}, and by the draft need not.`,
  ];
}

function lostProtected(before: TypeDefinition, after: TypeDefinition): readonly string[] {
  const kept = new Set(protectedRolesOf(after));
  return protectedRolesOf(before)
    .filter((role) => !kept.has(role))
    .map((role) => `Nobody may give ${quote(role)} of ${quote(before.name)} to themselves, and by the draft they may.`);
}
