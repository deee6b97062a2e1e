import { entriesPerPage } from '../bench-request.ts';
import { editable, makeStaffLists } from '../make-lists.ts';
import { createRandom } from '../random.ts';
import { choice, entries, type Scenario } from './scenario.ts';

export const objects20Asked: Scenario = {
  name: 'objects-20-asked',
  meaning: 'the first 20 tracks that somebody may edit, asked by a service for them',
  levels: ['http'],
  entries: entries.full,
  makeRequests: (data, _model, count) =>
    makeStaffLists(data, { ...editable, asker: 'service' }, entriesPerPage, count * choice, createRandom(44)),
};
