import type { Check } from '../src/engine/check/check.ts';
import { type Model, permissionsOf } from '../src/model/model.ts';
import type { ObjectRef } from '../src/model/object-ref.ts';
import { subjectOf } from '../src/model/subject-ref.ts';
import type { CreatorsData, OrganizationData, PageType } from './creators-data.ts';
import type { Random } from './random.ts';
import { named } from './relate.ts';

/** What one viewer sees at once: objects of several types, each type with permissions of its own. */
export interface Page {
  readonly viewer: ObjectRef;
  readonly parts: readonly PagePart[];
}

export interface PagePart {
  readonly type: string;
  readonly objects: readonly ObjectRef[];
  readonly permissions: readonly string[];
}

/** How many objects of each type a page has, and how many of the type's permissions it asks for. */
export type PageShape = Readonly<Partial<Record<PageType, readonly [objects: number, permissions: number]>>>;

export const singleCheck: PageShape = { track: [1, 1] };
/** Ten objects with ten permissions on average: no type of the model has exactly ten. */
export const pageOf10x10: PageShape = {
  track: [3, 6],
  album: [2, 9],
  artist: [2, 14],
  show: [2, 14],
  episode: [1, 8],
};
export const pageOf50x10: PageShape = {
  track: [15, 6],
  album: [10, 9],
  artist: [10, 14],
  show: [10, 14],
  episode: [5, 8],
};
export const pageOf50Tracks: PageShape = { track: [50, 6] };

export function checksPerPage(shape: PageShape): number {
  return Object.values(shape).reduce((total, [objects, permissions]) => total + objects * permissions, 0);
}

/** The conditions of the model ask where the viewer is. */
export const viewerContext: ReadonlyMap<string, unknown> = new Map([['territory', 'SE']]);

/** Pages of different viewers: members of teams, persons with a role of their own, admins and mere listeners. */
export function makePages(
  data: CreatorsData,
  model: Model,
  shape: PageShape,
  count: number,
  random: Random,
): readonly Page[] {
  const homes = data.organizations.filter(({ objects, teamMembers }) => teamMembers.length > 0 && objects.size === 5);
  return Array.from({ length: count }, () => {
    const home = random.pick(homes);
    return { viewer: pickViewer(home, random), parts: makeParts(data, model, shape, home, random) };
  });
}

function pickViewer({ teamMembers, managers, admins, listeners }: OrganizationData, random: Random): ObjectRef {
  const kind = random.next();
  if (kind < 0.5) return random.pick(teamMembers);
  if (kind < 0.75 && managers.length > 0) return random.pick(managers);
  if (kind < 0.9 || listeners.length === 0) return random.pick(admins);
  return random.pick(listeners);
}

function makeParts(
  data: CreatorsData,
  model: Model,
  shape: PageShape,
  home: OrganizationData,
  random: Random,
): readonly PagePart[] {
  return Object.entries(shape).map(([name, [objects, permissions]]) => {
    const type = name as PageType;
    const known = permissionsOfType(model, type);
    if (known.length < permissions) throw new Error(`"${type}" has only ${known.length} permissions.`);
    // A check of one permission takes another one each time, a page always the same.
    const asked = permissions === 1 ? [random.pick(known)] : known.slice(0, permissions);
    return { type, objects: pickObjects(data, type, objects, home, random), permissions: asked };
  });
}

/** Half of them from the viewer's own organization, half from anywhere; none twice. */
function pickObjects(
  { organizations }: CreatorsData,
  type: PageType,
  count: number,
  home: OrganizationData,
  random: Random,
): readonly ObjectRef[] {
  const known = organizations.reduce((total, { objects }) => total + (objects.get(type)?.length ?? 0), 0);
  if (known < count) throw new Error(`The data has only ${known} objects of the type "${type}".`);
  const picked = new Set<ObjectRef>();
  for (let attempt = 0; picked.size < count; attempt += 1) {
    const from = attempt % 2 === 0 && attempt < count * 4 ? home : random.pick(organizations);
    const candidates = from.objects.get(type) ?? [];
    if (candidates.length > 0) picked.add(random.pick(candidates));
  }
  return [...picked];
}

function permissionsOfType(model: Model, name: PageType): readonly string[] {
  const type = model.types.get(name);
  return type === undefined ? [] : permissionsOf(type).map((relation) => relation.name);
}

/** The questions of a page as the engine takes them; in the order of its parts, objects and permissions. */
export function checksOf({ viewer, parts }: Page): readonly Check[] {
  const subject = subjectOf(viewer);
  return parts.flatMap(({ objects, permissions }) =>
    objects.flatMap((object) =>
      permissions.map((relation): Check => ({ subject, relation, object, context: viewerContext })),
    ),
  );
}

/** One permission of as many different persons, each on a track. */
export function checksOfSubjects(data: CreatorsData, model: Model, count: number, random: Random): readonly Check[] {
  return pickPersons(data, count, random).flatMap(({ person, home }) => {
    const parts = makeParts(data, model, singleCheck, home, random);
    return checksOf({ viewer: person, parts });
  });
}

/** Whether as many different persons may listen to the same album; most of them only because everybody may. */
export function checksOfAudience(data: CreatorsData, model: Model, count: number, random: Random): readonly Check[] {
  const [object] = pickObjects(data, 'album', 1, random.pick(data.organizations), random);
  const relation = permissionsOfType(model, 'album').find((name) => name === 'can_listen');
  if (object === undefined || relation === undefined) throw new Error('There is no album to listen to.');
  return pickPersons(data, count, random).map(({ person }) => {
    return { subject: subjectOf(person), relation, object, context: viewerContext };
  });
}

/** Different persons, and where each of them is at home; who is in nothing is a person too. */
function pickPersons(data: CreatorsData, count: number, random: Random) {
  const everybody = data.organizations.flatMap((home) =>
    [...home.teamMembers, ...home.managers, ...home.listeners].map((person) => ({ person, home })),
  );
  const different = new Map(random.shuffle(everybody).map((entry) => [entry.person.id as string, entry]));
  const asked = [...different.values()].slice(0, count);
  while (asked.length < count) {
    asked.push({ person: named('user', `stranger-${asked.length}`), home: random.pick(data.organizations) });
  }
  return asked;
}
