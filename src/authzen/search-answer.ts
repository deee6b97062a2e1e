import { failed, ok, type Result } from '../base/result.ts';
import type { Problem } from '../model/problem.ts';
import { isOfAll } from '../operations/is-of-all.ts';
import type { Refusal } from '../operations/refusal.ts';
import { type ReasonContext, reasonOf } from './evaluation-answer.ts';

/** A page of what was searched for. What is not in it, and is not simply denied either, is said in `context`. */
export interface SearchAnswer<Found> {
  readonly results: readonly Found[];
  readonly page: { readonly next_token: string; readonly count: number };
  readonly context?: SearchContext | ReasonContext;
}

export interface SearchContext {
  /** Every subject of the type has it, but for those that are kept from it: results are only those that are named somewhere. */
  readonly everybody?: true;
  /** What could not be decided, by the code of why. */
  readonly undecided?: Readonly<Record<string, number>>;
  /** What has an id that cannot be written here, or a name that means something else. */
  readonly unnamable?: number;
}

export interface FoundPage<Found> {
  /** Undefined for one that cannot be named. */
  readonly found: readonly (Found | undefined)[];
  readonly everybody: boolean;
  readonly undecided: readonly Pick<Problem, 'code'>[];
  /** Undefined at the end. */
  readonly next: string | undefined;
}

export function answerOfPage<Found>({ found, everybody, undecided, next }: FoundPage<Found>): SearchAnswer<Found> {
  const results = found.filter((one) => one !== undefined);
  const unnamable = found.length - results.length;
  const counts = Map.groupBy(undecided, ({ code }) => code);
  const context: SearchContext = {
    ...(everybody && { everybody }),
    ...(counts.size > 0 && { undecided: Object.fromEntries(Array.from(counts, ([code, all]) => [code, all.length])) }),
    ...(unnamable > 0 && { unnamable }),
  };
  const page = { next_token: next ?? '', count: results.length };
  return Object.keys(context).length === 0 ? { results, page } : { results, page, context };
}

/** Nothing is found by a question that has no answer, and it is said why; a failure where it is about whoever asks, or about the state. */
export function nothingFor<Found>(refusal: Refusal): Result<SearchAnswer<Found>, Refusal> {
  if (refusal.kind !== 'undecided' || isOfAll(refusal.problem) || !isName(refusal.problem)) return failed(refusal);
  return ok(nothing(refusal.problem));
}

export function nothing<Found>(problem: Pick<Problem, 'code' | 'message'>): SearchAnswer<Found> {
  return { results: [], page: { next_token: '', count: 0 }, context: reasonOf(problem) };
}

/** What the model does not have, nobody holds. */
function isName({ code }: Problem): boolean {
  return code.startsWith('UNKNOWN_');
}
