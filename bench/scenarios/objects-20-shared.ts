import { entriesPerPage } from '../bench-request.ts';
import { editable, makeStaffLists } from '../make-lists.ts';
import { createRandom } from '../random.ts';
import { entries, everyLevel, mostLargeRequests, type Scenario } from './scenario.ts';

const readable = { ...editable, permission: 'can_view_stats' };

export const objects20Shared: Scenario = {
  name: 'objects-20-shared',
  meaning: 'the first 20 tracks whose statistics a viewer may see; roles hold that for everybody who is bound to them',
  levels: everyLevel,
  entries: entries.any,
  makeRequests: (data, _model, count) =>
    makeStaffLists(data, readable, entriesPerPage, Math.min(count, mostLargeRequests), createRandom(47)),
};
