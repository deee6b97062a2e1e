import { editors, makeSubjectLists } from '../make-lists.ts';
import { createRandom } from '../random.ts';
import { choice, entries, everyLevel, type Scenario } from './scenario.ts';

const editingTeams = { ...editors, subjectType: 'team', subjectRelation: 'member' };

export const subjectSets20: Scenario = {
  name: 'subject-sets-20',
  meaning: 'the teams whose members may edit a track',
  levels: everyLevel,
  entries: entries.some,
  makeRequests: (data, _model, count) =>
    makeSubjectLists(data, editingTeams, 'track', 1, count * choice, createRandom(50)),
};
