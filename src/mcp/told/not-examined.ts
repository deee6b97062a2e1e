import { z } from 'zod';
import { type Prose, say } from '../prose.ts';
import { fitAll } from './fit.ts';

/** What was not looked at. */
export const toldNotExamined = {
  isComplete: z.boolean().describe('Whether all was examined. If not, what is not said here may be so all the same.'),
  notExamined: z.array(z.string()).describe('What was not examined, and why: sentences around names in quotes.'),
  notExaminedLeftOut: z.int().describe('How many more such sentences there are.'),
};

type ToldNotExamined = z.infer<z.ZodObject<typeof toldNotExamined>>;

const mostBytes = 6 * 1024;

export function tellNotExamined(sentences: readonly string[]): ToldNotExamined {
  const { shown, leftOut } = fitAll(sentences, mostBytes);
  return { isComplete: sentences.length === 0, notExamined: [...shown], notExaminedLeftOut: leftOut };
}

export function sayNotExamined({ isComplete }: Pick<ToldNotExamined, 'isComplete'>): Prose {
  return isComplete ? say`All was examined.` : say`Not all was examined: see "notExamined".`;
}
