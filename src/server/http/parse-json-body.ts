import { isExactNumber, writeAsText } from '../../base/exact-number.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { limits } from '../../model/limits.ts';
import { hasMoreValuesThan } from './count-json-values.ts';

/**
 * Reads a JSON body; the problem is a sentence.
 *
 * It has one meaning or none: bytes that are no UTF-8 would all become the same character, and of a key that is there
 * twice a gateway may have judged one value while we would take the other. A number that would be rounded is another number.
 */
export function parseJsonBody(body: Uint8Array): Result<unknown, string> {
  if (body.length === 0) return failed('The body is empty.');
  const { most, of } = limits.bodyValues;
  // Each of them takes a byte at least.
  if (body.length > most && hasMoreValuesThan(most, body))
    return failed(`There are at most ${most} ${of}: send several requests.`);
  const text = decode(body);
  if (text === undefined) return failed('The body is not UTF-8.');
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  const wrong = isWrittenByMachine(text, parsed.value) ? undefined : tokenProblem(text);
  return wrong === undefined ? parsed : failed(wrong);
}

/** It keeps nothing from one body to the next. */
const decoder = new TextDecoder('utf-8', { fatal: true });

function decode(body: Uint8Array): string | undefined {
  try {
    return decoder.decode(body);
  } catch {
    return undefined;
  }
}

function parse(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return failed('The body is not JSON.');
  }
}

/**
 * Whether it is what writing its value gives again, as nearly every body is: then no key was there twice, since each is written
 * once, and no number was rounded, unless it is one of many digits or with an exponent. It is found faster than by its tokens.
 */
function isWrittenByMachine(json: string, value: unknown): boolean {
  if (json.includes('__proto__') || perhapsRounded.test(json)) return false;
  try {
    return JSON.stringify(value) === json;
  } catch {
    // What is nested very deeply can be read and not be written.
    return false;
  }
}

/** What may be such a number, or stands in a text and looks like one. */
const perhapsRounded = /(?:^|[:,[])-?(?:\d[\d.]{15,}|[\d.]+e[+-]?\d+)(?=[,}\]]|$)/;

/** Brackets, strings, and numbers that may be rounded; in JSON a string with a colon behind it is a key. */
const tokens = /[{}[\]]|("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|(-?\d[\d.]*[eE][+-]?\d+|-?\d[\d.]{15,})/g;

function tokenProblem(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, string, colon, number] of json.matchAll(tokens)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (number !== undefined && !isExactNumber(number)) return `The number ${quote(number)} ${writeAsText}.`;
    else if (string !== undefined && colon !== undefined) {
      const key = String(JSON.parse(string));
      if (key === '__proto__') return 'The body contains the key "__proto__", which cannot be a name.';
      if (open.at(-1)?.has(key)) return `The body contains the key ${quote(key)} twice in one object.`;
      open.at(-1)?.add(key);
    }
  }
  return undefined;
}
