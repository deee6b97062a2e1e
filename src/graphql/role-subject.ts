import type { Restriction } from '../model/model.ts';
import type { AccessRoleSubject } from './__generated__/resolver-types.ts';

/** Whom a relation can be assigned to, as the schema has it. */
export function roleSubjectOf(restriction: Restriction): AccessRoleSubject {
  const { type, condition = null } = restriction;
  const relation = restriction.kind === 'set' ? restriction.relation : null;
  return { type, relation, wildcard: restriction.kind === 'wildcard', condition };
}
