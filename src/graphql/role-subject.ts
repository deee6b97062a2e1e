import type { Model, Restriction } from '../model/model.ts';
import type { AccessRoleSubject } from './__generated__/resolver-types.ts';
import { parametersOf } from './model-parameters.ts';

/** Whom a relation can be assigned to, as the schema has it. */
export function roleSubjectOf(model: Model, restriction: Restriction): AccessRoleSubject {
  const { type, condition = null } = restriction;
  const relation = restriction.kind === 'set' ? restriction.relation : null;
  const { parameters = [] } = (condition !== null && model.conditions.get(condition)) || {};
  const written = parametersOf(model, parameters).filter(({ isRuntime }) => !isRuntime);
  return { type, relation, wildcard: restriction.kind === 'wildcard', condition, parameters: written };
}
