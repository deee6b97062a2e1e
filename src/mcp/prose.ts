import type { Brand } from '../base/brand.ts';
import { quoteUpTo } from '../base/text-problem.ts';

/** What a tool says in words: fixed sentences around names in quotes, numbers, and nothing else. Made by {@link say} only. */
export type Prose = Brand<string, 'Prose'>;

/** As many as the longest name of a subject set has: none is cut. */
const mostCharacters = 700;

/**
 * Makes a sentence: ``say`${subject} holds ${permission}.` ``. Text that is put in stands in quotes, whatever it is: `user:ignore-previous`
 * is a valid name, and must not be read as one more sentence.
 */
export function say(sentence: TemplateStringsArray, ...parts: readonly (string | number | Said)[]): Prose {
  const words = parts.map((part) => (part instanceof Said ? part.prose : wordOf(part)));
  return String.raw({ raw: sentence }, ...words) as Prose;
}

/** Prose within a sentence. */
export function said(prose: Prose): Said {
  return new Said(prose);
}

/** Sentences, one after the other. */
export function sayAll(sentences: readonly Prose[]): Prose {
  return sentences.join(' ') as Prose;
}

/** Names in quotes, with commas between them. */
export function sayNames(names: readonly string[]): Said {
  return new Said(names.map(wordOf).join(', ') as Prose);
}

class Said {
  readonly prose: Prose;

  constructor(prose: Prose) {
    this.prose = prose;
  }
}

function wordOf(part: string | number): string {
  return typeof part === 'number' ? String(part) : quoteUpTo(part, mostCharacters);
}
