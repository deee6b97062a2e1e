import { z } from 'zod';
import type { Result } from '../base/result.ts';
import { contextProblem } from '../model/context-problem.ts';
import { limits } from '../model/limits.ts';
import { maxRelationNameBytes, maxTypeNameBytes } from '../model/names.ts';
import { parseObjectRef } from '../model/object-ref.ts';
import { parseSubjectRef } from '../model/subject-ref.ts';

/** An object as tools take it: `track:42`. */
export const sentObject = z.string().transform(readBy(parseObjectRef));

/** A subject as tools take it: `user:ann`, `team:eng#member` or `user:*`. */
export const sentSubject = z.string().transform(readBy(parseSubjectRef));

/** The name of a permission, a role or any other relation. */
export const sentRelation = z.string().min(1).max(maxRelationNameBytes);

/** The name of a type. */
export const sentType = z.string().min(1).max(maxTypeNameBytes);

/** Values for conditions. */
export const sentContext = z
  .record(z.string(), z.unknown())
  .transform((sent, context) => {
    const problem = contextProblem(sent);
    if (problem !== undefined) context.addIssue(problem);
    return new Map(Object.entries(sent));
  })
  .describe('Values for parameters of conditions, by their names. Leave it out where the model has no conditions.');

/** How many items are wanted. */
export const sentFirst = z
  .int()
  .min(1)
  .max(limits.pageSize.most)
  .optional()
  .describe(`How many at most, up to ${limits.pageSize.most}.`);

/** Where a list goes on. */
export const sentCursor = z
  .string()
  .max(limits.cursorCharacters.most)
  .optional()
  .describe('To go on: the "endCursor" of the answer before, with otherwise the same arguments.');

function readBy<Value>(parse: (text: string) => Result<Value, string>) {
  return (text: string, context: z.core.$RefinementCtx): Value => {
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    context.addIssue(parsed.problem);
    return z.NEVER;
  };
}
