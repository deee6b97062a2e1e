import type { Result } from '../base/result.ts';
import { limits } from '../model/limits.ts';
import type { WorkKind } from '../operations/gate.ts';
import type { Refusal } from '../operations/refusal.ts';
import type { Asking, AuthzenDoor } from './authzen-door.ts';
import { evaluate } from './evaluate.ts';
import { evaluateAll } from './evaluate-all.ts';
import type { Sent } from './read-members.ts';
import { readPage } from './read-page.ts';
import { searchActions } from './search-actions.ts';
import { searchResources } from './search-resources.ts';
import { searchSubjects } from './search-subjects.ts';

/** Something that can be asked here. */
export interface AuthzenQuestion {
  /** As the standard has it, and the end of its address. */
  readonly name: 'evaluation' | 'evaluations' | 'search/subject' | 'search/resource' | 'search/action';
  readonly work: Extract<WorkKind, 'enforcement' | 'questions'>;
  /** What it is charged before anything is done for it; see `limits.ts` for what a point is. */
  readonly points: (sent: Sent) => number;
  readonly ask: (door: AuthzenDoor, asking: Asking, sent: Sent) => Promise<Result<object, Refusal>>;
}

/** Each evaluation is a check, and one more says who may ask. */
export const authzenQuestions: readonly AuthzenQuestion[] = [
  { name: 'evaluation', work: 'enforcement', points: () => 2, ask: evaluate },
  { name: 'evaluations', work: 'enforcement', points: (sent) => 1 + evaluationsIn(sent), ask: evaluateAll },
  { name: 'search/subject', work: 'questions', points: pageOfThings, ask: searchSubjects },
  { name: 'search/resource', work: 'questions', points: pageOfThings, ask: searchResources },
  { name: 'search/action', work: 'questions', points: () => 110, ask: searchActions },
];

function evaluationsIn({ evaluations }: Sent): number {
  return Array.isArray(evaluations) ? Math.min(Math.max(1, evaluations.length), limits.checksPerField.most) : 1;
}

/** As a list of that length. */
function pageOfThings(sent: Sent): number {
  const page = readPage(sent);
  return 300 + 5 * (page.ok ? page.value.first : 0);
}
