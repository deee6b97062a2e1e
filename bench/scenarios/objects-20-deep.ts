import { entriesPerPage } from '../bench-request.ts';
import { editable, makeStaffLists } from '../make-lists.ts';
import { createRandom } from '../random.ts';
import { choice, entries, everyLevel, type Scenario } from './scenario.ts';

const deep = { ...editable, skip: 200 };

export const objects20Deep: Scenario = {
  name: 'objects-20-deep',
  meaning: `20 tracks that a viewer may edit, after the first ${deep.skip} of them`,
  levels: everyLevel,
  entries: entries.full,
  makeRequests: (data, _model, count) =>
    makeStaffLists(data, deep, deep.skip + entriesPerPage, count * choice, createRandom(45)),
};
