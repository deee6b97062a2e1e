import { checksOfSubjects } from '../make-pages.ts';
import { subjectsScenario } from './scenario.ts';

export const subjects1000 = subjectsScenario(
  'subjects-1000',
  '1,000 checks in one request, each of another subject, with one permission on a track',
  checksOfSubjects,
);
