import type { ObjectRef } from '../src/model/object-ref.ts';
import type { SubjectRef } from '../src/model/subject-ref.ts';
import type { Bundle } from './creators-data.ts';
import type { Generator } from './generate-creators.ts';
import { named, relate, subject } from './relate.ts';

export interface Team {
  /** `team:7#member`. */
  readonly set: SubjectRef;
  readonly members: readonly ObjectRef[];
  /** 1 for a team that is in no other one. */
  readonly depth: number;
}

const deepest = 4;

/** Teams, most of them inside another one: whoever is in the inner team is in all around it. */
export function generateTeams(
  { random, nextId }: Generator,
  organization: ObjectRef,
  staff: readonly ObjectRef[],
  count: number,
  structure: Bundle,
): readonly Team[] {
  const teams: (Team & { readonly ref: ObjectRef })[] = [];
  for (let made = 0; made < count; made += 1) {
    const ref = named('team', nextId());
    const around = teams.filter(({ depth }) => depth < deepest);
    const outer = around.length > 0 && random.chance(0.7) ? random.pick(around) : undefined;
    const members = random.shuffle(staff).slice(0, random.between(2, Math.max(2, Math.floor(staff.length / 5))));
    const set = subject(`team:${ref.id}#member`);
    structure.push(relate(ref, 'organization', organization), relate(ref, 'lead', random.pick(staff)));
    for (const member of members) structure.push(relate(ref, 'member', member));
    if (outer !== undefined) structure.push(relate(outer.ref, 'member', set));
    teams.push({ ref, set, members, depth: (outer?.depth ?? 0) + 1 });
  }
  return teams;
}
