import type { GrantRequest } from '../bench-request.ts';
import type { CreatorsData } from '../creators-data.ts';
import { createRandom } from '../random.ts';
import { everyLevel, type Scenario } from './scenario.ts';

export const grant: Scenario = {
  name: 'grant',
  meaning: 'one mutation: an admin gives somebody new a role on an artist, durably and with its audit event',
  levels: everyLevel,
  entries: [1, 1],
  perSecond: 50,
  makeRequests: (data, _model, count) => makeGrants(data, count),
};

/** Of admins of different organizations. */
export function makeGrants({ organizations }: CreatorsData, count: number): readonly GrantRequest[] {
  const random = createRandom(63);
  const homes = organizations.filter(({ admins, objects }) => admins.length > 0 && objects.has('artist'));
  return Array.from({ length: count }, () => {
    const { admins, objects } = random.pick(homes);
    return {
      kind: 'grant',
      admin: random.pick(admins),
      object: random.pick(objects.get('artist') ?? []),
      role: 'reader',
    };
  });
}
