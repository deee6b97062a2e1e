import { pageOf50x10 } from '../make-pages.ts';
import { pageScenario } from './scenario.ts';

export const page50x10 = pageScenario(
  { name: 'page-50x10', meaning: '50 objects of 5 types, 500 permissions in all', perSecond: 40 },
  pageOf50x10,
);
