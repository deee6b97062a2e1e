import {
  checksOfAudience,
  checksOfSubjects,
  pageOf10x10,
  pageOf50Tracks,
  pageOf50x10,
  singleCheck,
} from '../make-pages.ts';
import { listScenarios } from './list-scenarios.ts';
import { pageScenario, type Scenario, subjectsScenario } from './scenario.ts';

export const allScenarios: readonly Scenario[] = [
  pageScenario('single', 'one permission of one viewer on one track', singleCheck),
  pageScenario('page-10x10', '10 objects of 5 types, 100 permissions in all', pageOf10x10),
  pageScenario('page-50x10', '50 objects of 5 types, 500 permissions in all', pageOf50x10),
  pageScenario('tracks-50x6', '50 tracks, all 6 permissions of each', pageOf50Tracks),
  subjectsScenario('subjects-1000', '1,000 subjects, each with one permission on a track', checksOfSubjects),
  subjectsScenario('audience-1000', '1,000 subjects, whether each may listen to the same album', checksOfAudience),
  ...listScenarios,
];
