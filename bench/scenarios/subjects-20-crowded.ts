import { editors, makeSubjectLists } from '../make-lists.ts';
import { createRandom } from '../random.ts';
import { choice, entries, everyLevel, type Scenario } from './scenario.ts';

const listeners = { ...editors, permission: 'can_listen' };

export const subjects20Crowded: Scenario = {
  name: 'subjects-20-crowded',
  meaning: 'the first 20 who may listen to an album of a company with large teams: everybody, and who is named',
  levels: everyLevel,
  entries: entries.full,
  makeRequests: (data, _model, count) =>
    makeSubjectLists(data, listeners, 'album', 20, count * choice, createRandom(49)),
};
