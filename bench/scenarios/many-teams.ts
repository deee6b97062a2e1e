import { artistPermissions, artistsOf } from '../artist-page.ts';
import { createRandom } from '../random.ts';
import { named, relate, subject } from '../relate.ts';
import { everyLevel, type Scenario } from './scenario.ts';

const viewer = named('user', 'busy');
const organization = named('organization', 'busy');
const perPage = 50;

export const manyTeams: Scenario = {
  name: 'many-teams',
  meaning: 'a viewer in 1,000 teams, 50 artists, half of them edited by one of those',
  levels: everyLevel,
  entries: [perPage * artistPermissions.length, perPage * artistPermissions.length],
  ownData: (relationships) =>
    Array.from({ length: teamsBeside(relationships) }, (_, index) => [
      relate(named('team', `busy-${index}`), 'member', viewer),
      relate(edited(index), 'organization', organization),
      relate(edited(index), 'editor', subject(`team:busy-${index}#member`)),
    ]).flat(),
  makeRequests: (data, _model, count) => {
    const random = createRandom(60);
    const teams = Array.from({ length: teamsBeside(data.relationships.length) }, (_, index) => edited(index));
    const all = artistsOf(data);
    return Array.from({ length: count }, () => {
      const objects = new Set(random.shuffle(teams).slice(0, perPage / 2));
      while (objects.size < perPage) objects.add(random.pick(all));
      return {
        kind: 'page',
        page: { viewer, parts: [{ type: 'artist', objects: [...objects], permissions: artistPermissions }] },
      };
    });
  },
};

/** 1,000, and fewer beside little data. */
function teamsBeside(relationships: number): number {
  return Math.min(1000, Math.floor(relationships / 100));
}

function edited(index: number) {
  return named('artist', `busy-${index}`);
}
