import { checksOfAudience } from '../make-pages.ts';
import { subjectsScenario } from './scenario.ts';

export const audience1000 = subjectsScenario(
  'audience-1000',
  '1,000 subjects, whether each may listen to the same album',
  checksOfAudience,
);
