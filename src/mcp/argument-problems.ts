import { z } from 'zod';
import { didYouMean } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';

/** A client that is wrong in one way is often wrong in many. */
const mostProblems = 5;

/** What is wrong with the arguments of a call, each in a sentence that says where. */
export function argumentProblems({ issues }: z.ZodError, shape: z.ZodObject): string {
  const shown = issues.slice(0, mostProblems).flatMap((issue) => sentencesOf(issue, shape));
  const rest = issues.length - mostProblems;
  return [...shown, ...(rest > 0 ? [`${rest} more are wrong.`] : [])].join(' ');
}

function sentencesOf(issue: z.core.$ZodIssue, shape: z.ZodObject): readonly string[] {
  const place = placeOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = membersAt(shape, issue.path);
    return issue.keys
      .slice(0, mostProblems)
      .map((key) => `${place} ${has(issue.path)} no member ${quote(key)}.${didYouMean(key, known)}`);
  }
  if (issue.input === undefined && issue.path.length > 0) return [`${place} is missing.`];
  return [`${place}: ${issue.message.replace(/(?<![.?])$/, '.')}`];
}

function has(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'have' : 'has';
}

function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'The arguments';
  return quote(path.map((step, index) => (typeof step === 'number' ? `[${step}]` : dotted(step, index))).join(''));
}

function dotted(step: PropertyKey, index: number): string {
  return index === 0 ? String(step) : `.${String(step)}`;
}

/** The members that may stand at this place; none where any may. */
function membersAt(shape: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodDefault) return membersAt(shape.unwrap(), path);
  if (shape instanceof z.ZodPipe) return membersAt(shape.in, path);
  const [step, ...rest] = path;
  if (shape instanceof z.ZodArray) return membersAt(shape.element, rest);
  if (!(shape instanceof z.ZodObject)) return [];
  if (step === undefined) return Object.keys(shape.shape);
  const part = new Map(Object.entries<z.core.$ZodType>(shape.shape)).get(String(step));
  return part === undefined ? [] : membersAt(part, rest);
}
