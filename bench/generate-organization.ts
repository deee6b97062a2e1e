import type { ObjectRef } from '../src/model/object-ref.ts';
import type { Bundle, OrganizationData, PageType } from './creators-data.ts';
import { generateArtist } from './generate-artist.ts';
import type { Generator } from './generate-creators.ts';
import { generateShow } from './generate-show.ts';
import { generateTeams, type Team } from './generate-teams.ts';
import { named, on, relate, subject } from './relate.ts';

/** An organization under construction, as the generators of its parts see it. */
export interface Organization {
  readonly ref: ObjectRef;
  readonly teams: readonly Team[];
  readonly staff: readonly ObjectRef[];
  readonly labels: readonly ObjectRef[];
  readonly networks: readonly ObjectRef[];
  readonly bindings: readonly ObjectRef[];
  readonly admins: ObjectRef[];
  readonly managers: Set<ObjectRef>;
  readonly listeners: Set<ObjectRef>;
  readonly objects: Map<PageType, ObjectRef[]>;
}

interface Size {
  readonly teams: readonly [number, number];
  readonly staff: readonly [number, number];
  readonly subLabels: number;
  readonly labels: number;
  readonly networks: number;
  readonly artists: readonly [number, number];
  readonly shows: readonly [number, number];
}

/** An artist who does it alone, a label, and a company; of twenty organizations, fourteen, five and one. */
const sizes = {
  small: { teams: [0, 1], staff: [2, 4], labels: 0, subLabels: 0, networks: 0, artists: [1, 2], shows: [0, 1] },
  medium: { teams: [2, 5], staff: [8, 20], labels: 1, subLabels: 1, networks: 0, artists: [4, 12], shows: [1, 3] },
  large: { teams: [8, 16], staff: [60, 120], labels: 2, subLabels: 3, networks: 1, artists: [30, 60], shows: [6, 12] },
} satisfies Record<string, Size>;

function sizeOf(index: number): Size {
  if (index % 20 === 7) return sizes.large;
  return index % 4 === 1 ? sizes.medium : sizes.small;
}

/** The organization with this number: its structure, and bundles for each artist, album and show. */
export function generateOrganization(generator: Generator, index: number) {
  const size = sizeOf(index);
  const structure: Bundle = [];
  const organization = found(generator, size, structure);
  const { random } = generator;
  const bundles = [structure];
  for (let count = random.between(...size.artists); count > 0; count -= 1) {
    bundles.push(...generateArtist(generator, organization));
  }
  for (let count = random.between(...size.shows); count > 0; count -= 1) {
    bundles.push(...generateShow(generator, organization));
  }
  return { bundles, organization: summarize(organization) };
}

function summarize({ teams, admins, managers, listeners, objects }: Organization): OrganizationData {
  const teamMembers = [...new Set(teams.flatMap(({ members }) => members))];
  return { admins, teamMembers, managers: [...managers], listeners: [...listeners], objects };
}

/** Persons, teams, labels, networks and roles: everything but the catalogue. */
function found(generator: Generator, size: Size, structure: Bundle): Organization {
  const { random, nextId } = generator;
  const ref = named('organization', nextId());
  const staff = [...new Set(Array.from({ length: random.between(...size.staff) }, () => hire(generator)))];
  structure.push(relate(ref, 'platform', named('platform', 'main')), relate(ref, 'owner', random.pick(staff)));
  const admins = Array.from({ length: Math.ceil(staff.length / 20) }, () => random.pick(staff));
  for (const admin of new Set(admins)) structure.push(relate(ref, 'admin', admin));
  structure.push(relate(ref, 'finance', random.pick(staff)), relate(ref, 'payout_preparer', random.pick(staff)));
  structure.push(relate(ref, 'payout_approver', random.pick(staff)), relate(ref, 'auditor', random.pick(staff)));
  if (random.chance(0.3)) structure.push(relate(ref, 'blocked', hire(generator)));
  if (random.chance(0.1)) structure.push(relate(ref, 'support_viewer', named('employee', 'support'), oldBreakGlass));
  const teams = generateTeams(generator, ref, staff, random.between(...size.teams), structure);
  for (const { set, depth } of teams) if (depth === 1) structure.push(relate(ref, 'member', set));
  const shared = { ref, teams, staff };
  const labels = generateLabels(generator, shared, size, structure);
  const networks = Array.from({ length: size.networks }, () => generateNetwork(generator, shared, structure));
  const bindings = staff.length < 5 ? [] : generateBindings(generator, shared, structure);
  const people = { admins, managers: new Set<ObjectRef>(), listeners: new Set<ObjectRef>() };
  return { ...shared, ...people, labels, networks, bindings, objects: new Map() };
}

const oldBreakGlass = on('break_glass', { granted_at: '2026-01-10T11:00:00Z', expires_at: '2026-01-10T13:00:00Z' });

/** A new person, or one who works elsewhere too. */
function hire({ random, nextId, freelancers }: Generator): ObjectRef {
  if (freelancers.length > 0 && random.chance(0.08)) return random.pick(freelancers);
  const person = named('user', nextId());
  if (random.chance(0.1)) freelancers.push(person);
  return person;
}

type People = Pick<Organization, 'ref' | 'teams' | 'staff'>;

/** Each label has its line of sub-labels, each below the one before. */
function generateLabels(
  { random, nextId }: Generator,
  { ref, teams, staff }: People,
  { labels, subLabels }: Size,
  structure: Bundle,
) {
  const all: ObjectRef[] = [];
  for (let root = 0; root < labels; root += 1) {
    for (let level = 0, parent: ObjectRef | undefined; level <= subLabels; level += 1) {
      const label = named('label', nextId());
      structure.push(relate(label, 'organization', ref));
      if (parent !== undefined) structure.push(relate(label, 'parent', parent));
      for (const relation of ['admin', 'editor', 'reader']) {
        structure.push(relate(label, relation, teams.length === 0 ? random.pick(staff) : random.pick(teams).set));
      }
      structure.push(relate(label, 'finance', random.pick(staff)));
      all.push(label);
      parent = label;
    }
  }
  return all;
}

function generateNetwork({ random, nextId }: Generator, { ref, teams, staff }: People, structure: Bundle): ObjectRef {
  const network = named('network', nextId());
  structure.push(
    relate(network, 'organization', ref),
    relate(network, 'admin', random.pick(teams).set),
    relate(network, 'ad_ops', random.pick(teams).set),
    relate(network, 'partner', random.pick(staff)),
  );
  return network;
}

/** Two roles of the organization's own, and who has them. */
function generateBindings({ random, nextId }: Generator, { ref, teams, staff }: People, structure: Bundle) {
  return [
    ['music_stats_view', 'podcast_analytics_view'],
    ['music_profile_edit', 'music_release_pitch', 'podcast_episode_edit'],
  ].map((permissions) => {
    const role = named('role', nextId());
    const binding = named('role_binding', nextId());
    structure.push(relate(role, 'organization', ref), relate(binding, 'organization', ref));
    structure.push(relate(binding, 'role', role), relate(binding, 'assignee', random.pick(staff)));
    if (teams.length > 0) structure.push(relate(binding, 'assignee', random.pick(teams).set));
    for (const permission of permissions) structure.push(relate(role, permission, everyone));
    return binding;
  });
}

const everyone = subject('user:*');
