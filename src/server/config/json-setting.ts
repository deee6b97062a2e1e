import { z } from 'zod';
import { didYouMean, nearestName } from '../../base/did-you-mean.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
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
  const { issues } = parsed.error;
  const meant = new Set(issues.flatMap((issue) => meantPlaces(issue, shape)));
  const distinct = issues.filter((issue) => !isMissing(issue) || !meant.has(JSON.stringify(issue.path)));
  return failed(distinct.flatMap((issue) => issueProblems(issue, place, shape)));
}

/** Where a misspelt key belongs: that it is missing there is the same problem. */
function meantPlaces(issue: z.core.$ZodIssue, shape: z.ZodObject): readonly string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const known = settingsAt(shape, issue.path);
  return issue.keys.flatMap((key) => {
    const near = nearestName(key, known);
    return near === undefined ? [] : [JSON.stringify([...issue.path, near])];
  });
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  return (issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.input === undefined;
}

function issueProblems(issue: z.core.$ZodIssue, place: string, shape: z.ZodObject): readonly string[] {
  const where = place + issue.path.map(pathStep).join('');
  if (isMissing(issue)) return [`${where} is missing.`];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(
        (key) => `${where} has no setting ${quote(key)}.${didYouMean(key, settingsAt(shape, issue.path))}`,
      );
    case 'invalid_type':
      return [`${where} ${quoteInput(issue.input)} is not ${typeWords.get(issue.expected) ?? issue.expected}.`];
    case 'invalid_key':
      return issue.issues.flatMap((inner) => issueProblems({ ...inner, path: issue.path.slice(0, -1) }, place, shape));
    default:
      return [`${where} ${quoteInput(issue.input)} ${issue.message.replace(/(?<![.?])$/, '.')}`];
  }
}

/** The settings that are known at this place of the shape; none where anything may stand. */
function settingsAt(shape: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodNullable || shape instanceof z.ZodDefault) {
    return settingsAt(shape.unwrap(), path);
  }
  const [step, ...rest] = path;
  if (shape instanceof z.ZodArray) return settingsAt(shape.element, rest);
  if (shape instanceof z.ZodRecord) return settingsAt(shape.valueType, rest);
  if (!(shape instanceof z.ZodObject)) return [];
  if (step === undefined) return Object.keys(shape.shape);
  const part = new Map(Object.entries<z.core.$ZodType>(shape.shape)).get(String(step));
  return part === undefined ? [] : settingsAt(part, rest);
}

const typeWords: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['boolean', 'true or false'],
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
