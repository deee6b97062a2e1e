import { RE2JS } from 're2js';

import { ExpressionError, type Value } from './values.ts';

/** Whether the pattern is found in the text: RE2's syntax and no other, in time that grows with the text alone. */
export function matchesPattern(text: string, pattern: string): Value {
  const compiled = compilePattern(pattern);
  return compiled instanceof ExpressionError ? compiled : compiled.matcher(text).find();
}

function compilePattern(pattern: string): RE2JS | ExpressionError {
  const known = compiledPatterns.get(pattern);
  if (known !== undefined) return known;
  const compiled = tryToCompile(pattern);
  // Patterns come from contexts, too: what is kept must not grow with them.
  if (pattern.length <= maxKeptLength && compiledPatterns.size < maxKeptPatterns)
    compiledPatterns.set(pattern, compiled);
  return compiled;
}

const compiledPatterns = new Map<string, RE2JS | ExpressionError>();
const maxKeptPatterns = 500;
const maxKeptLength = 512;

function tryToCompile(pattern: string): RE2JS | ExpressionError {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return new ExpressionError('a text is no regular expression of RE2');
  }
}
