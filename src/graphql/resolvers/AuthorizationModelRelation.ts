import { roleSheetOf } from '../../model/role-sheet.ts';
import type { AuthorizationModelRelationResolvers } from '../__generated__/resolver-types.ts';
import { roleSubjectOf } from '../role-subject.ts';

export const AuthorizationModelRelation: AuthorizationModelRelationResolvers = {
  subjects: ({ model, relation }) => relation.restrictions.map((one) => roleSubjectOf(model, one)),
  gives: ({ model, relation, isRole }) => (isRole ? roleSheetOf(model, relation) : null),
};
