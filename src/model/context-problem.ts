import { isRecord } from '../base/canonical-json.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { limits } from './limits.ts';

/** How much there is of a context. */
export interface ContextSize {
  /** Keys and items, at every level. */
  readonly values: number;
  readonly characters: number;
}

/** How much of it was looked at. */
type Seen = { -readonly [Member in keyof ContextSize]: ContextSize[Member] };

/**
 * What is wrong, in a sentence, with a context that is too large, found before all of it is looked at, or that means more than
 * itself: with a control character, a lone surrogate, or a number that JSON alone can write.
 */
export function contextProblem(context: unknown): string | undefined {
  const measured = measureContext(context);
  return measured.ok ? undefined : measured.problem;
}

/** The same, with its size where nothing is wrong. */
export function measureContext(context: unknown): Result<ContextSize, string> {
  const seen = { values: 0, characters: 0 };
  const problem = problemIn(context, 0, seen);
  return problem === undefined ? ok(seen) : failed(problem);
}

/** What is wrong with several that are taken as one. */
export function sizeProblem({ values, characters }: ContextSize): string | undefined {
  const { contextValues, contextBytes } = limits;
  if (values > contextValues.most) return `A context has more than ${contextValues.most} keys and items.`;
  return characters > contextBytes.most ? `A context has more than ${contextBytes.most} characters.` : undefined;
}

function problemIn(value: unknown, depth: number, seen: Seen): string | undefined {
  if (depth > limits.contextNesting.most)
    return `A context is nested more than ${limits.contextNesting.most} levels deep.`;
  if (typeof value === 'string') return textProblemIn(value, seen);
  // `1e400` is a number to JSON and to nobody else; it would be stored as null.
  if (typeof value === 'number' && !Number.isFinite(value)) return 'A context contains a number that is too large.';
  if (Array.isArray(value)) return problemInItems(value, depth, seen);
  return isRecord(value) ? problemInKeys(value, depth, seen) : undefined;
}

function problemInItems(items: readonly unknown[], depth: number, seen: Seen): string | undefined {
  for (const item of items) {
    const problem = problemInPart(item, depth, seen);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemInKeys(value: Readonly<Record<string, unknown>>, depth: number, seen: Seen): string | undefined {
  for (const key of Object.keys(value)) {
    const problem = textProblemIn(key, seen) ?? problemInPart(value[key], depth, seen);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemInPart(value: unknown, depth: number, seen: Seen): string | undefined {
  seen.values += 1;
  const { most } = limits.contextValues;
  return seen.values > most ? `A context has more than ${most} keys and items.` : problemIn(value, depth + 1, seen);
}

const controlCharacters = /\p{Cc}/u;

function textProblemIn(text: string, seen: Seen): string | undefined {
  seen.characters += text.length;
  const { most } = limits.contextBytes;
  if (seen.characters > most) return `A context has more than ${most} characters.`;
  if (!text.isWellFormed()) return 'A context contains text that is not well-formed Unicode.';
  return controlCharacters.test(text) ? 'A context contains a control character.' : undefined;
}
