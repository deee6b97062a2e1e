import type { ObjectRef } from '../src/model/object-ref.ts';
import type { ObjectsRequest, SubjectsRequest } from './bench-request.ts';
import type { CreatorsData, OrganizationData, PageType } from './creators-data.ts';
import type { Random } from './random.ts';

/** What a list is asked for; the subject or the object is another one in each request. */
export type ListOfObjects = Pick<ObjectsRequest, 'asker' | 'type' | 'permission' | 'skip'>;
export type ListOfSubjects = Pick<SubjectsRequest, 'permission' | 'subjectType' | 'subjectRelation'>;

export const editable: ListOfObjects = { asker: 'viewer', type: 'track', permission: 'can_edit', skip: 0 };
export const editors: ListOfSubjects = { permission: 'can_edit', subjectType: 'user', subjectRelation: undefined };

/** Admins, managers and members of teams, each in an organization that has at least so many objects of the type. */
export function makeStaffLists(
  { organizations }: CreatorsData,
  list: ListOfObjects,
  atLeast: number,
  count: number,
  random: Random,
): readonly ObjectsRequest[] {
  const homes = organizations.filter(({ objects }) => (objects.get(list.type)?.length ?? 0) >= atLeast);
  return times(homes.length === 0 ? 0 : count, () => {
    const { admins, managers, teamMembers } = random.pick(homes);
    const people = random.pick([admins, managers, teamMembers].filter(({ length }) => length > 0));
    return { kind: 'objects', ...list, subject: random.pick(people) };
  });
}

/** Persons with a role on single objects of the type, who are neither in a team nor admin or manager of anything. */
export function makeOutsiderLists(
  { relationships, organizations }: CreatorsData,
  list: ListOfObjects,
  count: number,
  random: Random,
): readonly ObjectsRequest[] {
  const staff = new Set(
    organizations.flatMap(({ admins, managers, teamMembers }) =>
      [...admins, ...managers, ...teamMembers].map(({ id }) => id),
    ),
  );
  const outsiders = new Map<string, ObjectRef>();
  for (const { object, relation, subject } of relationships) {
    if (object.type !== list.type || relation !== 'collaborator' || subject.kind !== 'object') continue;
    if (!staff.has(subject.object.id)) outsiders.set(subject.object.id, subject.object);
  }
  const subjects = random.shuffle([...outsiders.values()]).slice(0, count);
  return subjects.map((subject) => ({ kind: 'objects', ...list, subject }));
}

/** Objects of the type, each of an organization with at least so many members of teams. */
export function makeSubjectLists(
  { organizations }: CreatorsData,
  list: ListOfSubjects,
  type: PageType,
  atLeast: number,
  count: number,
  random: Random,
): readonly SubjectsRequest[] {
  const objectsOf = ({ objects }: OrganizationData) => objects.get(type) ?? [];
  const homes = organizations.filter((home) => home.teamMembers.length >= atLeast && objectsOf(home).length > 0);
  return times(homes.length === 0 ? 0 : count, () => {
    return { kind: 'subjects', ...list, object: random.pick(objectsOf(random.pick(homes))) };
  });
}

function times<Item>(count: number, make: () => Item): readonly Item[] {
  return Array.from({ length: count }, make);
}
