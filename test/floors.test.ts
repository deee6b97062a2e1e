import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/** From the ground up; each floor imports only lower ones. */
const floors = ['base', 'model', 'engine', 'store', 'operations', 'graphql', 'server', 'cli', 'main.ts'];

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly specifier: string;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.includes('__generated__'))
  .map((name) => ({ name, text: readFileSync(join('src', name), 'utf8') }));

const imports = files.flatMap(({ name, text }) =>
  [...text.matchAll(/(?:from|import)\s*\(?'([^']+)'/g)].map(([, specifier = '']): Import => {
    const to = specifier.startsWith('.') ? relative('src', join('src', dirname(name), specifier)) : '';
    return { file: name, from: floorOf(name), to: floorOf(to), specifier };
  }),
);

function floorOf(path: string): string {
  return path.split('/')[0] ?? '';
}

describe('the floors of src', () => {
  test('are all known', () => {
    expect([...new Set(files.map(({ name }) => floorOf(name)))].filter((floor) => !floors.includes(floor))).toEqual([]);
  });

  test('import only lower floors', () => {
    const upward = imports.filter(({ from, to }) => to !== '' && floors.indexOf(to) > floors.indexOf(from));
    expect(upward.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  test('never leave src', () => {
    expect(imports.filter(({ to }) => to === '..')).toEqual([]);
  });

  test('have no two folders that import each other', () => {
    const pairs = new Set(
      imports.filter(({ from, to }) => to !== '' && from !== to).map(({ from, to }) => `${from} ${to}`),
    );
    const mutual = [...pairs].filter((pair) => pairs.has(pair.split(' ').reverse().join(' ')));
    expect(mutual).toEqual([]);
  });

  test.each([
    ['base', []],
    ['model', ['node:net']],
    ['engine', []],
  ])('%s does no I/O', (floor, allowed: readonly string[]) => {
    const used = imports.filter(({ from, specifier }) => from === floor && specifier.startsWith('node:'));
    expect(used.map(({ specifier }) => specifier).filter((specifier) => !allowed.includes(specifier))).toEqual([]);
  });

  test('are a test that would notice', () => {
    expect(imports.length).toBeGreaterThan(300);
    expect(imports.some(({ from, to }) => from === 'graphql' && to === 'operations')).toBe(true);
  });
});

describe('what only one place does', () => {
  test.each([
    ['reading the environment', /(?<!`)process\.env/, ['main.ts']],
    ['taking rewrites apart', /rewrite\??\.(?:kind|operands|base|subtracted)\b/, ['model/rewrite.ts']],
    ['making GraphQL errors', /new GraphQLError\(/, ['graphql/errors.ts']],
  ])('%s', (_what, pattern, places: readonly string[]) => {
    expect(files.filter(({ text }) => pattern.test(text)).map(({ name }) => name)).toEqual(places);
  });
});
