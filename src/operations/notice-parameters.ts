import { didYouMean } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import type { Model } from '../model/model.ts';
import type { Context } from '../model/relationship.ts';
import type { Postern } from './postern.ts';

/** More of them would be a caller's who sends one context to several models on purpose. */
const mostUnknown = 3;

/**
 * Tells of values that no condition of the model looks at: what they were meant for is then missing, or comes from elsewhere.
 * Whoever may send a context may ask about any subject, and is told the nearest parameter.
 */
export function noticeUnknownParameters(
  { notice }: Pick<Postern, 'notice'>,
  model: Model,
  sent: readonly Context[],
): void {
  if (notice === undefined || sent.every((context) => context.size === 0)) return;
  const known = new Set([...model.conditions.values()].flatMap(({ parameters }) => [...parameters.keys()]));
  const unknown = new Set(sent.flatMap((context) => [...context.keys()].filter((name) => !known.has(name))));
  for (const name of [...unknown].slice(0, mostUnknown)) {
    const message = `No condition of the model has a parameter ${quote(name)}.${didYouMean(name, known)}`;
    notice({ code: 'UNKNOWN_PARAMETER', message });
  }
}
