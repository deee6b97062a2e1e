import { entriesPerPage } from '../bench-request.ts';
import {
  type ListOfObjects,
  type ListOfSubjects,
  makeOutsiderLists,
  makeStaffLists,
  makeSubjectLists,
} from '../make-lists.ts';
import { createRandom } from '../random.ts';
import type { Level } from '../report.ts';
import { mostLargeRequests, type Scenario } from './scenario.ts';

const editable: ListOfObjects = { asker: 'viewer', type: 'track', permission: 'can_edit', skip: 0 };
const deep = { ...editable, skip: 200 };
const readable = { ...editable, permission: 'can_view_stats' };
const editors: ListOfSubjects = { permission: 'can_edit', subjectType: 'user', subjectRelation: undefined };
const listeners = { ...editors, permission: 'can_listen' };
const editingTeams = { ...editors, subjectType: 'team', subjectRelation: 'member' };

const levels: readonly Level[] = ['engine', 'http'];
const full = [entriesPerPage, entriesPerPage] as const;
const any = [0, entriesPerPage] as const;
const some = [1, entriesPerPage] as const;
const notFull = [1, entriesPerPage - 1] as const;

/** So many requests are made to choose one from. */
const choice = 8;

export const listScenarios: readonly Scenario[] = [
  {
    name: 'objects-20',
    meaning: 'the first 20 tracks that a viewer may edit, of staff with more than those',
    levels,
    entries: full,
    makeRequests: (data, _model, count) =>
      makeStaffLists(data, editable, entriesPerPage, count * choice, createRandom(44)),
  },
  {
    name: 'objects-20-asked',
    meaning: 'the same, asked by a service for them',
    levels: ['http'],
    entries: full,
    makeRequests: (data, _model, count) =>
      makeStaffLists(data, { ...editable, asker: 'service' }, entriesPerPage, count * choice, createRandom(44)),
  },
  {
    name: 'objects-20-deep',
    meaning: `20 tracks that a viewer may edit, after the first ${deep.skip} of them`,
    levels,
    entries: full,
    makeRequests: (data, _model, count) =>
      makeStaffLists(data, deep, deep.skip + entriesPerPage, count * choice, createRandom(45)),
  },
  {
    name: 'objects-20-few',
    meaning: 'all tracks that a viewer may edit who may edit few, in no team and without a role elsewhere',
    levels,
    entries: notFull,
    makeRequests: (data, _model, count) => makeOutsiderLists(data, editable, count * choice, createRandom(46)),
  },
  {
    name: 'objects-20-shared',
    meaning:
      'the first 20 tracks whose statistics a viewer may see; roles hold that for everybody who is bound to them',
    levels,
    entries: any,
    makeRequests: (data, _model, count) =>
      makeStaffLists(data, readable, entriesPerPage, Math.min(count, mostLargeRequests), createRandom(47)),
  },
  {
    name: 'subjects-20',
    meaning: 'the first 20 users who may edit a track',
    levels,
    entries: some,
    makeRequests: (data, _model, count) =>
      makeSubjectLists(data, editors, 'track', 1, count * choice, createRandom(48)),
  },
  {
    name: 'subjects-20-crowded',
    meaning: 'the first 20 who may listen to an album of a company with large teams: everybody, and who is named',
    levels,
    entries: full,
    makeRequests: (data, _model, count) =>
      makeSubjectLists(data, listeners, 'album', 20, count * choice, createRandom(49)),
  },
  {
    name: 'subject-sets-20',
    meaning: 'the teams whose members may edit a track',
    levels,
    entries: some,
    makeRequests: (data, _model, count) =>
      makeSubjectLists(data, editingTeams, 'track', 1, count * choice, createRandom(50)),
  },
];
