import type { ObjectRef } from '../src/model/object-ref.ts';
import type { Bundle } from './creators-data.ts';
import { addObject, everyone, notExpired, releaseTerms, untilFarAway } from './generate-artist.ts';
import type { Generator } from './generate-creators.ts';
import type { Organization } from './generate-organization.ts';
import type { Random } from './random.ts';
import { named, on, relate } from './relate.ts';

const episodesPerBundle = 5;

/** A show with the people around it, and bundles of a few episodes each. */
export function generateShow(generator: Generator, organization: Organization): Bundle[] {
  const { random, nextId } = generator;
  const show = named('show', nextId());
  const people: Bundle = [relate(show, 'organization', organization.ref)];
  if (organization.networks.length > 0 && random.chance(0.6)) {
    people.push(relate(show, 'network', random.pick(organization.networks)));
  }
  if (organization.bindings.length > 0 && random.chance(0.3)) {
    people.push(relate(show, 'binding', random.pick(organization.bindings)));
  }
  appoint(random, organization, show, people);
  addObject(organization, 'show', show);
  const bundles = [people];
  for (let count = random.between(2, 10); count > 0; count -= 1) {
    bundles.push(generateEpisodes(generator, organization, show));
  }
  return bundles;
}

function appoint(random: Random, { staff, teams, managers }: Organization, show: ObjectRef, people: Bundle): void {
  const host = random.pick(staff);
  managers.add(host);
  people.push(relate(show, 'team_admin', host), relate(show, 'episodes_manager', host));
  const editor = teams.length > 0 && random.chance(0.6) ? random.pick(teams).set : random.pick(staff);
  people.push(relate(show, 'episodes_editor', editor), relate(show, 'settings_editor', host));
  if (random.chance(0.7)) people.push(relate(show, 'analytics_reader', random.pick(staff), untilFarAway));
  if (random.chance(0.4)) people.push(relate(show, 'monetize_reader', random.pick(staff)));
}

function generateEpisodes({ random, nextId }: Generator, organization: Organization, show: ObjectRef): Bundle {
  const bundle: Bundle = [];
  for (let count = 0; count < episodesPerBundle; count += 1) {
    const episode = named('episode', nextId());
    bundle.push(relate(episode, 'show', show));
    if (random.chance(0.9)) bundle.push(relate(episode, 'published', everyone, releaseTerms(random)));
    if (random.chance(0.2)) bundle.push(relate(episode, 'guest', random.pick(organization.staff), notExpired));
    if (random.chance(0.1)) bundle.push(relate(episode, 'contributor', random.pick(organization.staff), draft));
    addObject(organization, 'episode', episode);
  }
  return bundle;
}

/** The state is written with the relationship, because no page here brings one along. */
const draft = on('while_draft', { state: 'draft' });
