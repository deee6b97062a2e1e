import type { z } from 'zod';
import { didYouMean } from '../base/did-you-mean.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { quoteSetting, withoutCredentials } from './environment.ts';

/** Reads a variable that holds JSON. */
export function parseJsonSetting(name: string, text: string): Result<unknown, readonly string[]> {
  let prototypeKey = false;
  try {
    const value: unknown = JSON.parse(text, (key, part: unknown) => {
      prototypeKey ||= key === '__proto__';
      return part;
    });
    // Code that copies objects drops this key without a word, and with it what its author meant.
    return prototypeKey ? failed([`${name} contains the key "__proto__", which cannot be a name.`]) : ok(value);
  } catch {
    return failed([`${name} ${quoteSetting(text)} is not JSON.`]);
  }
}

/** Checks one part of a JSON setting; every problem is a sentence that starts with the place, `NAME[0].key`. */
export function readShape<Shape extends z.ZodObject>(
  shape: Shape,
  place: string,
  value: unknown,
): Result<z.output<Shape>, readonly string[]> {
  const parsed = shape.safeParse(value, { reportInput: true });
  if (parsed.success) return ok(parsed.data);
  const settings = Object.keys(shape.shape);
  return failed(parsed.error.issues.flatMap((issue) => issueProblems(issue, place, settings)));
}

function issueProblems(issue: z.core.$ZodIssue, place: string, settings: readonly string[]): readonly string[] {
  const where = place + issue.path.map(pathStep).join('');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => `${where} has no setting ${quote(key)}.${didYouMean(key, settings)}`);
    case 'invalid_type':
      if (issue.input === undefined) return [`${where} is missing.`];
      return [`${where} ${quoteInput(issue.input)} is not ${typeWords.get(issue.expected) ?? issue.expected}.`];
    case 'invalid_key':
      return issue.issues.flatMap((inner) =>
        issueProblems({ ...inner, path: issue.path.slice(0, -1) }, place, settings),
      );
    default:
      return [`${where} ${quoteInput(issue.input)} ${issue.message}.`];
  }
}

const typeWords: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['array', 'a list'],
  ['object', 'an object'],
  ['record', 'an object'],
]);

/** JSON in a message: text in quotes, everything else as it was written. */
export function quoteInput(input: unknown): string {
  if (typeof input === 'string') return quoteSetting(input);
  const json = withoutCredentials(JSON.stringify(input));
  return json.length > 80 ? `${json.slice(0, 80)}…` : json;
}

function pathStep(step: PropertyKey): string {
  return typeof step === 'number' ? `[${step}]` : `.${String(step)}`;
}
