import { editable, makeOutsiderLists } from '../make-lists.ts';
import { createRandom } from '../random.ts';
import { choice, entries, everyLevel, type Scenario } from './scenario.ts';

export const objects20Few: Scenario = {
  name: 'objects-20-few',
  meaning: 'all tracks that a viewer may edit who may edit few, in no team and without a role elsewhere',
  levels: everyLevel,
  entries: entries.notFull,
  makeRequests: (data, _model, count) => makeOutsiderLists(data, editable, count * choice, createRandom(46)),
};
