import { z } from 'zod';
import { textProblem } from '../../base/text-problem.ts';
import { maxTypeNameBytes } from '../../model/names.ts';

/** Text whose problem is the end of a sentence, as of {@link textProblem}. */
export function checkedText(problemOf: (text: string) => string | undefined): z.ZodString {
  return z.string().check((checked) => {
    const message = problemOf(checked.value);
    if (message !== undefined) checked.issues.push({ code: 'custom', message, input: checked.value });
  });
}

export function typeNameProblem(text: string): string | undefined {
  return textProblem(text, maxTypeNameBytes) ?? (/[#:*@]/.test(text) ? 'contains "#", ":", "*" or "@"' : undefined);
}
