import { pageOf10x10 } from '../make-pages.ts';
import { pageScenario } from './scenario.ts';

export const page10x10 = pageScenario(
  { name: 'page-10x10', meaning: '10 objects of 5 types, 100 permissions in all', perSecond: 100 },
  pageOf10x10,
);
