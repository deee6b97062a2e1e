import type { AccessObjectRoleResolvers } from '../__generated__/resolver-types.ts';
import { roleSubjectOf } from '../role-subject.ts';

export const AccessObjectRole: AccessObjectRoleResolvers = {
  error: ({ problem }) => problem ?? null,
  subjects: ({ subjects }) => subjects.map(roleSubjectOf),
  gives: ({ gives }) => gives(),
};
