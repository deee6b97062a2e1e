import type { AccessObjectRoleResolvers } from '../__generated__/resolver-types.ts';
import { roleSubjectOf } from '../role-subject.ts';

export const AccessObjectRole: AccessObjectRoleResolvers = {
  error: ({ problem }) => problem ?? null,
  subjects: ({ model, subjects }) => subjects.map((one) => roleSubjectOf(model, one)),
  gives: ({ gives }) => gives(),
};
