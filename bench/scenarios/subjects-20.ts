import { editors, makeSubjectLists } from '../make-lists.ts';
import { createRandom } from '../random.ts';
import { choice, entries, everyLevel, type Scenario } from './scenario.ts';

export const subjects20: Scenario = {
  name: 'subjects-20',
  meaning: 'the first 20 users who may edit a track',
  levels: everyLevel,
  entries: entries.some,
  makeRequests: (data, _model, count) => makeSubjectLists(data, editors, 'track', 1, count * choice, createRandom(48)),
};
