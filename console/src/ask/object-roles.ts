import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { ObjectRolesDocument, type ObjectRolesQuery } from './__generated__/operations.ts';
import { ask } from './ask.ts';
import { useObjectRights } from './rights.ts';
import { useCaller } from './session.ts';

export type ObjectRole = ObjectRolesQuery['objectRoles'][number];

/** The roles of an object, for whom they are: for others it is not asked, since to be refused would be recorded. */
export function useObjectRoles(object: string) {
  const { subject } = useCaller();
  const { isKnown, mayReview, mayGrant } = useObjectRights(object);
  const mayAsk = mayReview || mayGrant;
  const query = useQuery({ ...rolesQuery(subject, object), enabled: mayAsk });
  // Rights that are gone take along what was shown by them.
  return { ...query, data: mayAsk ? query.data : undefined, isNotForMe: isKnown && !mayAsk };
}

/** The roles of objects on which the caller may give something. */
export function useRolesOf(objects: readonly string[]): ReadonlyMap<string, readonly ObjectRole[]> {
  const { subject } = useCaller();
  const answers = useQueries({ queries: objects.map((object) => rolesQuery(subject, object)) });
  return new Map(objects.map((object, index) => [object, answers[index]?.data ?? []]));
}

function rolesQuery(caller: string, object: string) {
  return queryOptions({
    queryKey: ['object-roles', caller, object],
    queryFn: async () => (await ask(ObjectRolesDocument, { object })).objectRoles,
  });
}

/** Who somebody is, for a role. */
export interface SubjectKind {
  readonly type: string;
  readonly relation: string | null;
  readonly wildcard: boolean;
}

/** What a subject is by its text, once it is one: `user:ann`, `team:eng#member`, `user:*`. */
export function kindOfSubject(text: string): SubjectKind | undefined {
  const [, type, id, relation] = /^([^\s:#]+):([^\s:#]+)(?:#([^\s:#]+))?$/.exec(text) ?? [];
  if (type === undefined || id === undefined) return undefined;
  return { type, relation: relation ?? null, wildcard: id === '*' };
}

/** A condition that a role is given with, and what can be written with it. */
export interface RoleCondition {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
}

/** The conditions with which a role can be given to such a subject, null for none; undefined where it cannot be. */
export function conditionsFor(role: ObjectRole, kind: SubjectKind): readonly (RoleCondition | null)[] | undefined {
  const fitting = role.subjects.filter(
    ({ type, relation, wildcard }) => type === kind.type && relation === kind.relation && wildcard === kind.wildcard,
  );
  if (fitting.length === 0) return undefined;
  return fitting.map(({ condition, parameters }) => (condition === null ? null : { name: condition, parameters }));
}
