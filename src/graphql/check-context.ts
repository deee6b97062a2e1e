import { isRecord } from '../base/canonical-json.ts';
import { limits } from '../model/limits.ts';
import { badInput } from './errors.ts';

/** How much of a context was looked at. */
interface Seen {
  values: number;
  characters: number;
}

/**
 * Throws for a context that is too large, found before all of it is looked at, and for one that means more than itself: with a
 * control character, a lone surrogate, or a number that JSON alone can write.
 */
export function checkContext(context: unknown): void {
  check(context, 0, { values: 0, characters: 0 });
}

function check(value: unknown, depth: number, seen: Seen): void {
  if (depth > limits.contextNesting.most)
    throw badInput(`A context is nested more than ${limits.contextNesting.most} levels deep.`);
  if (typeof value === 'string') checkText(value, seen);
  // `1e400` is a number to JSON and to nobody else; it would be stored as null.
  else if (typeof value === 'number' && !Number.isFinite(value))
    throw badInput('A context contains a number that is too large.');
  else if (Array.isArray(value)) for (const item of value) checkPart(item, depth, seen);
  else if (isRecord(value)) {
    for (const key of Object.keys(value)) {
      checkText(key, seen);
      checkPart(value[key], depth, seen);
    }
  }
}

function checkPart(value: unknown, depth: number, seen: Seen): void {
  seen.values += 1;
  if (seen.values > limits.contextValues.most)
    throw badInput(`A context has more than ${limits.contextValues.most} keys and items.`);
  check(value, depth + 1, seen);
}

const controlCharacters = /\p{Cc}/u;

function checkText(text: string, seen: Seen): void {
  seen.characters += text.length;
  if (seen.characters > limits.contextBytes.most)
    throw badInput(`A context has more than ${limits.contextBytes.most} characters.`);
  if (!text.isWellFormed()) throw badInput('A context contains text that is not well-formed Unicode.');
  if (controlCharacters.test(text)) throw badInput('A context contains a control character.');
}
