import { singleCheck } from '../make-pages.ts';
import { pageScenario } from './scenario.ts';

export const single = pageScenario(
  { name: 'single', meaning: 'one permission of one viewer on one track', perSecond: 200 },
  singleCheck,
);
