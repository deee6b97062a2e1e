import { artistPageScenario } from '../artist-page.ts';
import { named, relate, subject } from '../relate.ts';

const artist = named('artist', 'shared');

export const sharedObject = artistPageScenario({
  name: 'shared-object',
  meaning: 'an artist that 10,000 teams may read (a tenth of the data, at most), asked for by members and by others',
  artist,
  ownData: (relationships) =>
    Array.from({ length: teamsBeside(relationships) }, (_, index) => [
      relate(artist, 'reader', subject(`team:shared-${index}#member`)),
      relate(named('team', `shared-${index}`), 'member', member(index)),
    ]).flat(),
  pickMember: (relationships, random) => member(random.between(0, teamsBeside(relationships) - 1)),
});

function teamsBeside(relationships: number): number {
  return Math.min(10_000, Math.floor(relationships / 10));
}

function member(index: number) {
  return named('user', `shared-${index}`);
}
