import { audience1000 } from './audience-1000.ts';
import { conditions } from './conditions.ts';
import { deep25 } from './deep-25.ts';
import { exclusions } from './exclusions.ts';
import { grant } from './grant.ts';
import { largeTeam } from './large-team.ts';
import { manyTeams } from './many-teams.ts';
import { mixed } from './mixed-95-5.ts';
import { objects20 } from './objects-20.ts';
import { objects20Asked } from './objects-20-asked.ts';
import { objects20Deep } from './objects-20-deep.ts';
import { objects20Few } from './objects-20-few.ts';
import { objects20Shared } from './objects-20-shared.ts';
import { page10x10 } from './page-10x10.ts';
import { page50x10 } from './page-50x10.ts';
import type { Scenario } from './scenario.ts';
import { sharedObject } from './shared-object.ts';
import { single } from './single.ts';
import { subjectSets20 } from './subject-sets-20.ts';
import { subjects20 } from './subjects-20.ts';
import { subjects20Crowded } from './subjects-20-crowded.ts';
import { subjects1000 } from './subjects-1000.ts';
import { tracks50x6 } from './tracks-50x6.ts';

/** In the order of a report; those that write come last. */
export const allScenarios: readonly Scenario[] = [
  single,
  page10x10,
  page50x10,
  tracks50x6,
  subjects1000,
  audience1000,
  manyTeams,
  sharedObject,
  largeTeam,
  deep25,
  exclusions,
  conditions,
  objects20,
  objects20Asked,
  objects20Deep,
  objects20Few,
  objects20Shared,
  subjects20,
  subjects20Crowded,
  subjectSets20,
  grant,
  mixed,
];
