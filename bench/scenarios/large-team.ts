import { artistPageScenario } from '../artist-page.ts';
import { named, relate, subject } from '../relate.ts';

const artist = named('artist', 'crowded');
const team = named('team', 'crowd');

export const largeTeam = artistPageScenario({
  name: 'large-team',
  meaning:
    'an artist that a team of 1,000,000 edits (a tenth of the data, at most), asked for by members and by others',
  artist,
  ownData: (relationships) => [
    relate(artist, 'editor', subject('team:crowd#member')),
    ...Array.from({ length: membersBeside(relationships) }, (_, index) => relate(team, 'member', member(index))),
  ],
  pickMember: (relationships, random) => member(random.between(0, membersBeside(relationships) - 1)),
});

function membersBeside(relationships: number): number {
  return Math.min(1_000_000, Math.floor(relationships / 10));
}

function member(index: number) {
  return named('user', `crowd-${index}`);
}
