import type { ObjectRef } from '../../src/model/object-ref.ts';
import type { CreatorsData, PageType } from '../creators-data.ts';
import type { PagePart } from '../make-pages.ts';
import { createRandom, type Random } from '../random.ts';
import { everyLevel, type Scenario } from './scenario.ts';

const albums = 30;
const episodes = 20;
const permissions = ['can_listen'];

/** Each of them is released by a relationship with a date and territories. */
export const conditions: Scenario = {
  name: 'conditions',
  meaning: '50 albums and episodes, whether one may listen: dates and territories decide',
  levels: everyLevel,
  entries: [albums + episodes, albums + episodes],
  makeRequests: (data, _model, count) => {
    const random = createRandom(62);
    const listeners = data.organizations.flatMap((organization) => organization.listeners);
    return Array.from({ length: count }, () => {
      const parts = [part(data, 'album', albums, random), part(data, 'episode', episodes, random)];
      return { kind: 'page', page: { viewer: random.pick(listeners), parts } };
    });
  },
};

function part({ organizations }: CreatorsData, type: PageType, count: number, random: Random): PagePart {
  const homes = organizations.filter(({ objects }) => (objects.get(type)?.length ?? 0) > 0);
  const objects = new Map<string, ObjectRef>();
  while (objects.size < count) {
    const object = random.pick(random.pick(homes).objects.get(type) ?? []);
    objects.set(object.id, object);
  }
  return { type, objects: [...objects.values()], permissions };
}
