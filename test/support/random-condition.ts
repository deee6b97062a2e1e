import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** A condition, and values for its parameters: a line of the conformance table without its answer. */
export interface RandomCondition {
  readonly params: Readonly<Record<string, string>>;
  readonly expression: string;
  /** JSON, as text. */
  readonly context: string;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const list = z.array(z.string()).default([]);
const typeWords = z.object({ parameters: list, literals: list, made: list, values: list });
const wordsFile = join(import.meta.dirname, 'condition-words.yaml');
const words = new Map(Object.entries(z.record(z.string(), typeWords).parse(parse(readFileSync(wordsFile, 'utf8')))));

/** The types that something of another type can be put in place of. */
const every = [...words].flatMap(([type, { parameters }]) => (parameters.length > 0 || type === 'bytes' ? [type] : []));

/** One condition, the same for the same numbers; most of them are well-typed, many are nearly so. */
export function randomCondition(random: () => number): RandomCondition {
  const used = new Map<string, string>();
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const make = (type: string, depth: number): string => {
    const wanted = random() < 0.03 ? (pick(every) ?? type) : type;
    const { parameters, literals, made } = words.get(wanted) ?? { parameters: [], literals: [], made: [] };
    const chance = random();
    const name = pick(parameters);
    if (depth <= 0 || chance < 0.3) {
      if (name !== undefined && random() < 0.7) {
        used.set(name, wanted);
        return name;
      }
      if (literals.length > 0) return fill(pick(literals) ?? '', depth);
      if (name !== undefined) {
        used.set(name, wanted);
        return name;
      }
    }
    return fill(pick(made) ?? pick(literals) ?? 'true', depth);
  };
  const fill = (text: string, depth: number): string =>
    text.replaceAll(
      /\$(of:)?((?:list|map)<(?:[a-z]+|list<[a-z]+>)>|[a-z]+)/g,
      (_, of: string | undefined, type: string) => {
        const part = make(`${of ?? ''}${type}`, depth - 1);
        return of === undefined && / [^ ]/.test(part) && random() < 0.8 ? `(${part})` : part;
      },
    );
  let expression = make('bool', 1 + Math.floor(random() * 3));
  if (random() < 0.12) expression = mutate(expression, random);
  const params = Object.fromEntries(used);
  if (random() < 0.02) params.extra = 'int';
  const entries = Object.entries(params).flatMap(([name, type]) =>
    random() < 0.02 ? [] : [`${JSON.stringify(name)}:${pick(words.get(type)?.values ?? []) ?? 'null'}`],
  );
  return { params, expression, context: `{${entries.join(',')}}` };
}

const pieces = [
  ' ',
  '(',
  ')',
  '!',
  '-',
  '.',
  '"',
  "'",
  '1',
  'u',
  '.5',
  '&&',
  '||',
  '?',
  ':',
  '[',
  ']',
  '{',
  '}',
  ',',
  'in',
  ' // x',
  '\n',
  'a',
  '\\',
  '==',
  '<',
  'null',
  '`',
];

function mutate(text: string, random: () => number): string {
  const at = Math.floor(random() * (text.length + 1));
  const piece = pieces[Math.floor(random() * pieces.length)] ?? '';
  const chance = random();
  if (chance < 0.4) return text.slice(0, at) + piece + text.slice(at);
  if (chance < 0.7) return text.slice(0, at) + text.slice(at + 1);
  return text.slice(0, at) + piece + text.slice(at + 1);
}
