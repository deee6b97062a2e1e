import { artistPageScenario } from '../artist-page.ts';
import { named, relate, subject } from '../relate.ts';

const artist = named('artist', 'deep');
const viewer = named('user', 'deep');
const deepest = 24;

/** As deep as a question may be: the artist and 24 teams are 25 objects. */
export const deep25 = artistPageScenario({
  name: 'deep-25',
  meaning: 'an artist that a team edits, with a member 25 objects deep in teams within teams',
  artist,
  ownData: () => [
    relate(artist, 'editor', subject('team:deep-1#member')),
    ...Array.from({ length: deepest - 1 }, (_, index) =>
      relate(named('team', `deep-${index + 1}`), 'member', subject(`team:deep-${index + 2}#member`)),
    ),
    relate(named('team', `deep-${deepest}`), 'member', viewer),
  ],
  pickMember: () => viewer,
});
