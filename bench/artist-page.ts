import type { ObjectRef } from '../src/model/object-ref.ts';
import type { CreatorsData } from './creators-data.ts';
import { createRandom, type Random } from './random.ts';
import { everyLevel, type Scenario } from './scenarios/scenario.ts';

/** What a page of an artist shows. */
export const artistPermissions = ['can_view_stats', 'can_edit_profile', 'can_edit_releases', 'can_manage_team'];

interface ArtistPage extends Required<Pick<Scenario, 'name' | 'meaning' | 'ownData'>> {
  readonly artist: ObjectRef;
  /** Somebody with a role on it. */
  readonly pickMember: (relationships: number, random: Random) => ObjectRef;
}

/** Pages of one artist with a way to it that is long or crowded; of those who are on that way, and of others. */
export function artistPageScenario({ name, meaning, ownData, artist, pickMember }: ArtistPage): Scenario {
  const parts = [{ type: 'artist', objects: [artist], permissions: artistPermissions }];
  return {
    ...{ name, meaning, ownData, levels: everyLevel, entries: [artistPermissions.length, artistPermissions.length] },
    makeRequests: (data, _model, count) => {
      const random = createRandom(61);
      return Array.from({ length: count }, (_, index) => {
        const viewer = index % 2 === 0 ? pickMember(data.relationships.length, random) : pickStranger(data, random);
        return { kind: 'page', page: { viewer, parts } };
      });
    },
  };
}

function pickStranger({ organizations }: CreatorsData, random: Random): ObjectRef {
  const { teamMembers, admins } = random.pick(organizations);
  return random.pick(teamMembers.length > 0 ? teamMembers : admins);
}

export function artistsOf({ organizations }: CreatorsData): readonly ObjectRef[] {
  return organizations.flatMap(({ objects }) => objects.get('artist') ?? []);
}
