import { pageOf50Tracks } from '../make-pages.ts';
import { pageScenario } from './scenario.ts';

export const tracks50x6 = pageScenario(
  { name: 'tracks-50x6', meaning: '50 tracks, all 6 permissions of each' },
  pageOf50Tracks,
);
