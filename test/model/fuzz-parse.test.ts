import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { maxModelSteps, modelSteps } from '../../src/model/model-cost.ts';
import { parseModel, parseStoredModel } from '../../src/model/parse-model.ts';
import { readDefinitions } from '../../src/model/read-definitions.ts';
import { unwrap } from '../support/parse.ts';

/**
 * Whatever the text, there is a value, and what may be published is within its steps. `FUZZ_MODELS=100000` plays more rounds,
 * `FUZZ_SEED=7` others.
 */
const rounds = Number(process.env.FUZZ_MODELS ?? 2000);
const seed = Number(process.env.FUZZ_SEED ?? 1);

/** Numbers below a limit, the same for the same seed (mulberry32). */
function randomly(start: number): (limit: number) => number {
  let state = start;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** Short ones: a round is to be quick. */
const texts = globSync(['examples/**/*.fga', 'test/**/*.fga'])
  .filter((file) => !file.includes('node_modules'))
  .toSorted()
  .map((file) => readFileSync(file, 'utf8').slice(0, 1500));
const tokens = [
  ...[
    'type',
    'define',
    'relations',
    'condition',
    'module x',
    'extend type',
    'from',
    'but not',
    'and',
    'or',
    'with',
    'self',
  ],
  ...[
    '(',
    ')',
    '[',
    ']',
    ':',
    ',',
    '#',
    '*',
    '{',
    '}',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '"',
    "'",
    '\\',
    '\0',
    '\u{1f600}',
    '\ud800',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'user',
    'viewer',
    '[user]',
    'x from y',
    '((((',
    '))))',
    '// c',
    '# c',
    'schema 1.1',
  ],
];

function mutate(text: string, random: (limit: number) => number): string {
  const pieces = text.split(/(\s+|[()[\]:,#])/);
  for (let count = random(4) + 1; count > 0; count--) {
    const [at, other] = [random(pieces.length), random(pieces.length)];
    const changes: readonly (() => unknown)[] = [
      () => pieces.splice(at, 1),
      () => pieces.splice(at, 0, tokens[random(tokens.length)] ?? ''),
      () => pieces.splice(at, 1, tokens[random(tokens.length)] ?? ''),
      () => pieces.splice(at, 1, pieces[other] ?? ''),
      () => pieces.splice(at, 0, ...pieces.slice(other, other + 20)),
    ];
    changes[random(changes.length)]?.();
  }
  return pieces.join('');
}

test(`${rounds} changed texts, each read or refused`, { timeout: 60_000 + rounds * 100 }, () => {
  expect(texts.length).toBeGreaterThan(2);
  const random = randomly(seed);
  let read = 0;
  for (let round = 0; round < rounds; round++) {
    const dsl = mutate(texts[random(texts.length)] ?? '', random);
    const source =
      round % 4 === 3
        ? ({
            kind: 'modules',
            modules: [{ name: 'a.fga', dsl: dsl.replace(/^model\s+schema [\d.]+/, 'module a') }],
          } as const)
        : ({ kind: 'dsl', dsl } as const);
    for (const parse of [parseModel, parseStoredModel]) {
      const what = JSON.stringify({ round, dsl });
      let parsed: ReturnType<typeof parseModel>;
      try {
        parsed = parse(source);
      } catch (error) {
        throw new Error(`It was thrown at ${what}`, { cause: error });
      }
      if (!parsed.ok) expect(parsed.problem.length, what).toBeGreaterThan(0);
      else if (parse === parseModel) {
        read += 1;
        expect(modelSteps(unwrap(readDefinitions(parsed.value.document, 'refused'))), what).toBeLessThanOrEqual(
          maxModelSteps,
        );
      }
    }
  }
  expect(read).toBeGreaterThan(rounds / 50);
});
