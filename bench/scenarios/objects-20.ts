import { entriesPerPage } from '../bench-request.ts';
import { editable, makeStaffLists } from '../make-lists.ts';
import { createRandom } from '../random.ts';
import { choice, entries, everyLevel, type Scenario } from './scenario.ts';

export const objects20: Scenario = {
  name: 'objects-20',
  meaning: 'the first 20 tracks that a viewer may edit, of staff with more than those',
  levels: everyLevel,
  entries: entries.full,
  perSecond: 20,
  makeRequests: (data, _model, count) =>
    makeStaffLists(data, editable, entriesPerPage, count * choice, createRandom(44)),
};
