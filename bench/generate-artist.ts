import type { ObjectRef } from '../src/model/object-ref.ts';
import type { Bundle, PageType } from './creators-data.ts';
import type { Generator } from './generate-creators.ts';
import type { Organization } from './generate-organization.ts';
import type { Random } from './random.ts';
import { named, on, relate, subject, type Terms } from './relate.ts';

/** An artist with the people around it, and one bundle for each of its albums. */
export function generateArtist(generator: Generator, organization: Organization): Bundle[] {
  const { random, nextId } = generator;
  const artist = named('artist', nextId());
  const label = organization.labels.length > 0 && random.chance(0.85) ? random.pick(organization.labels) : undefined;
  const people: Bundle = [relate(artist, 'organization', organization.ref)];
  if (label !== undefined) people.push(relate(artist, 'label', label, random.chance(0.2) ? inContract : {}));
  if (organization.bindings.length > 0 && random.chance(0.3)) {
    people.push(relate(artist, 'binding', random.pick(organization.bindings)));
  }
  appoint(random, organization, artist, people);
  addObject(organization, 'artist', artist);
  const albums = random.between(1, 6);
  return [people, ...Array.from({ length: albums }, () => generateAlbum(generator, organization, artist, label))];
}

function appoint(random: Random, { staff, teams, managers }: Organization, artist: ObjectRef, people: Bundle): void {
  const manager = random.pick(staff);
  managers.add(manager);
  people.push(relate(artist, 'admin', manager));
  people.push(relate(artist, 'editor', teams.length > 0 && random.chance(0.5) ? random.pick(teams).set : manager));
  const reader = random.pick(staff);
  if (random.chance(0.6)) people.push(relate(artist, 'reader', reader, random.chance(0.3) ? untilFarAway : {}));
  if (random.chance(0.4)) people.push(relate(artist, 'royalty_viewer', random.pick(staff)));
}

function generateAlbum(
  generator: Generator,
  organization: Organization,
  artist: ObjectRef,
  label: ObjectRef | undefined,
): Bundle {
  const { random, nextId } = generator;
  const { staff, listeners } = organization;
  const album = named('album', nextId());
  const bundle: Bundle = [relate(album, 'artist', artist)];
  bundle.push(label === undefined ? relate(album, 'self_released_by', artist) : relate(album, 'label', label));
  bundle.push(relate(album, 'released', everyone, releaseTerms(random)));
  if (random.chance(0.3)) {
    const listener = named('user', nextId());
    listeners.add(listener);
    bundle.push(relate(album, 'prerelease_listener', listener, notExpired));
  }
  if (random.chance(0.3)) bundle.push(relate(album, 'collaborator', random.pick(staff), notExpired));
  addObject(organization, 'album', album);
  for (let count = random.between(3, 14); count > 0; count -= 1) generateTrack(generator, organization, album, bundle);
  return bundle;
}

function generateTrack({ random, nextId }: Generator, organization: Organization, album: ObjectRef, bundle: Bundle) {
  const track = named('track', nextId());
  const artists = organization.objects.get('artist') ?? [];
  bundle.push(relate(track, 'album', album));
  if (random.chance(0.28)) bundle.push(relate(track, 'featured', random.pick(artists)));
  if (random.chance(0.5)) bundle.push(relate(track, 'payee', random.pick(organization.staff)));
  if (random.chance(0.12)) bundle.push(relate(track, 'collaborator', random.pick(organization.staff), notExpired));
  addObject(organization, 'track', track);
}

export function addObject({ objects }: Organization, type: PageType, object: ObjectRef): void {
  const known = objects.get(type);
  if (known === undefined) objects.set(type, [object]);
  else known.push(object);
}

/** Nine of ten are out, most of them everywhere. Dates are far from today, so that no run sees other answers. */
export function releaseTerms(random: Random): Terms {
  const release_at = random.chance(0.9) ? '2020-05-01T00:00:00Z' : '2099-05-01T00:00:00Z';
  const territories = random.chance(0.8) ? ['WORLD'] : ['SE', 'NO', 'DK'];
  return on('release_window', { release_at, territories, excluded: random.chance(0.1) ? ['US'] : [] });
}

export const everyone = subject('user:*');
export const notExpired = on('not_expired', { expires_at: '2099-01-01T00:00:00Z' });
export const untilFarAway: Terms = { expiresAt: new Date('2099-01-01T00:00:00Z') };
const inContract = on('in_contract', { starts_at: '2020-01-01T00:00:00Z', ends_at: '2099-01-01T00:00:00Z' });
