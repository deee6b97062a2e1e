import { makePages, singleCheck } from '../make-pages.ts';
import { createRandom } from '../random.ts';
import { makeGrants } from './grant.ts';
import { everyLevel, type Scenario } from './scenario.ts';

/** Of so many requests one writes. */
const turn = 20;

export const mixed: Scenario = {
  name: 'mixed-95-5',
  meaning: '19 single checks, then one mutation, and so on',
  levels: everyLevel,
  entries: [1, 1],
  perSecond: 200,
  makeRequests: (data, model, count) => {
    const pages = makePages(data, model, singleCheck, count, createRandom(42));
    const grants = makeGrants(data, count);
    return pages.map(
      (page, index) => (index % turn === turn - 1 ? grants[index] : undefined) ?? { kind: 'page', page },
    );
  },
};
