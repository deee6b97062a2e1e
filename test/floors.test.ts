import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/** From the ground up; each floor imports only lower ones. */
const floors = [
  'base',
  'model',
  'engine',
  'store',
  'operations',
  'graphql',
  'authzen',
  'mcp',
  'server',
  'cli',
  'main.ts',
];

/** Ways of asking, which stand beside each other: none knows another. */
const doors = ['graphql', 'authzen', 'mcp'];

interface Import {
  readonly file: string;
  /** The file that is imported, from `src` on; empty for a package. */
  readonly target: string;
  readonly from: string;
  readonly to: string;
  readonly specifier: string;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.includes('__generated__'))
  .map((name) => ({ name, text: readFileSync(join('src', name), 'utf8') }));

/** What a floor takes from the guard package: sub-paths that package.json names, each with what both need of one thing. */
const guardPaths = {
  base: ['#guard/joiners'],
  operations: ['#guard/fingerprint'],
  server: ['#guard/directive', '#guard/foreign', '#guard/gateway'],
  cli: ['#guard/directive', '#guard/rules'],
};

const imports = files.flatMap(({ name, text }) =>
  specifiersIn(text).map((specifier): Import => {
    const to = specifier.startsWith('.') ? relative('src', join('src', dirname(name), specifier)) : '';
    return { file: name, target: to, from: floorOf(name), to: floorOf(to), specifier };
  }),
);

function specifiersIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/(?:from|import)\s*\(?'([^']+)'/g), ([, specifier = '']) => specifier);
}

/** What stands in front of these rooms is for all of them. */
const hallsWithoutRooms = new Set(['engine', 'store', 'operations']);

/** A folder of a floor; what lies deeper belongs to it. */
function isRoom(folder: string): boolean {
  return folder.split('/').length === 2 && !folder.includes('__generated__');
}

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

  test('know no other door, where they are one', () => {
    const between = imports.filter(({ from, to }) => from !== to && doors.includes(from) && doors.includes(to));
    expect(between.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
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

  test('take from the guard package what their place in the house allows, and nothing else of it', () => {
    const taken = imports.filter(({ specifier }) => /^(?:#|@postern\/)|packages\//.test(specifier));
    const allowed = Object.entries(guardPaths).flatMap(([floor, paths]) => paths.map((path) => `${floor} ${path}`));
    expect([...new Set(taken.map(({ from, specifier }) => `${from} ${specifier}`))].toSorted()).toEqual(
      allowed.toSorted(),
    );
  });

  test('have rooms of which no two import each other, and which what stands before them does not need', () => {
    const pairs = new Set(
      imports
        .map(({ file, target }) => [dirname(file), dirname(target)] as const)
        .filter(([from, to]) => from !== to && isRoom(to) && (isRoom(from) || hallsWithoutRooms.has(from)))
        .map((pair) => pair.join(' ')),
    );
    const mutual = [...pairs].filter((pair) => pairs.has(pair.split(' ').toReversed().join(' ')));
    expect(mutual).toEqual([]);
    const before = [...pairs].filter((pair) =>
      [...hallsWithoutRooms].some((hall) => pair.startsWith(`${hall} ${hall}/`)),
    );
    expect(before).toEqual([]);
  });

  test('know nothing of Postgres: whoever opens a store does, and commands that say what is wrong with a database', () => {
    const isOfPostgres = (path: string) => path.startsWith('store/postgres/');
    const knowing = imports.filter(
      ({ file, target, specifier }) =>
        !isOfPostgres(file) && (isOfPostgres(target) || /^(?:postgres|drizzle-orm)\b/.test(specifier)),
    );
    expect([...new Set(knowing.map(({ file }) => file))].toSorted()).toEqual([
      'cli/describe-failure.ts',
      'cli/store-file/on-scratch.ts',
      'cli/store-file/scratch-database.ts',
      'cli/with-store.ts',
      'server/open-postern.ts',
      'server/start-server.ts',
    ]);
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

describe('the door of agents', () => {
  const isWriting = ({ text }: (typeof files)[number]) =>
    /\brun-write\.ts'|\bwrite-or-preview\.ts'|\.writer\b|\bappendEvent\(/.test(text);
  const writing = new Set(
    files.filter((file) => file.name.startsWith('operations/') && isWriting(file)).map(({ name }) => name),
  );

  /** What a file takes of another: each name of its own, and `*` for all of it. */
  const taken = files
    .filter(({ name }) => name.startsWith('mcp/'))
    .flatMap(({ name, text }) =>
      Array.from(
        text.matchAll(/(?:import|export)\s+(type\s+)?([^;]*?)\s*from\s*'([^']+)'|import\(/g),
        ([, type, names = '*', from = '']) => {
          const target = from.startsWith('.') ? relative('src', join('src', dirname(name), from)) : '';
          const values = type !== undefined ? [] : namesOf(names);
          return { file: name, target, values };
        },
      ),
    );

  test("takes nothing of what writes but proposing, and taking one's own proposal back", () => {
    const written = taken
      .filter(({ target }) => writing.has(target))
      .flatMap(({ target, values }) => values.map((one) => `${target} ${one}`));
    expect(written.toSorted()).toEqual([
      'operations/proposals/end-proposal.ts withdrawProposal',
      'operations/proposals/propose-change.ts proposeChange',
    ]);
  });

  test('takes nothing of the store but its types, and loads nothing later', () => {
    const others = taken.filter(({ target, values }) => /^store\//.test(target) && values.length > 0);
    expect(others).toEqual([]);
    expect(taken.filter(({ values }) => values.includes('*'))).toEqual([]);
  });

  test('would be seen to take more', () => {
    const known = [
      'roles/grant-role.ts',
      'roles/offboard-subject.ts',
      'proposals/approve-proposal.ts',
      'models/publish-model.ts',
      'relationships/write-relationships.ts',
    ];
    for (const file of known) expect([...writing], file).toContain(`operations/${file}`);
    expect(taken.length).toBeGreaterThan(50);
    expect(namesOf('{ type A, grantRole as b, c }')).toEqual(['grantRole', 'c']);
    expect(namesOf('* as all')).toEqual(['*']);
  });

  function namesOf(names: string): readonly string[] {
    if (!names.startsWith('{')) return ['*'];
    const each = names
      .slice(1, -1)
      .split(',')
      .map((one) => one.trim());
    return each.filter((one) => one !== '' && !one.startsWith('type ')).map((one) => one.replace(/ as .*$/, ''));
  }
});

describe('the guard package', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const named = new Map(Object.entries<string>(manifest.imports));

  test('has sub-paths that are files, no pattern opens the rest of it', () => {
    for (const path of Object.values(guardPaths).flat()) expect([...named.keys()]).toContain(path);
    for (const file of named.values()) expect(existsSync(file), file).toBe(true);
  });

  test('gives this house under each public name what it gives to others', () => {
    const { exports } = JSON.parse(readFileSync('packages/guard/package.json', 'utf8'));
    const published = Object.entries<{ import: { types: string } }>(exports).map(
      ([
        name,
        {
          import: { types },
        },
      ]) => [name.replace('.', '#guard'), types.replace('./dist/', './packages/guard/src/').replace('.d.ts', '.ts')],
    );
    expect(published.map(([name = '']) => [name, named.get(name)])).toEqual(published);
  });

  test('imports nothing of this house', () => {
    const sources = readdirSync('packages/guard/src', { recursive: true, encoding: 'utf8' });
    const specifiers = sources
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) =>
        specifiersIn(readFileSync(join('packages/guard/src', name), 'utf8')).map((specifier) => ({ name, specifier })),
      );
    const outside = specifiers.filter(({ name, specifier }) =>
      specifier.startsWith('.') ? join(dirname(name), specifier).startsWith('..') : specifier.startsWith('#'),
    );
    expect(specifiers.length).toBeGreaterThan(100);
    expect(outside).toEqual([]);
  });
});

describe('the console', () => {
  const sources = readdirSync('console/src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const specifiers = sources.flatMap((name) =>
    specifiersIn(readFileSync(join('console/src', name), 'utf8')).map((specifier) => ({ name, specifier })),
  );

  test('imports nothing of this house: it speaks GraphQL only', () => {
    const outside = specifiers.filter(({ name, specifier }) =>
      specifier.startsWith('.')
        ? join(dirname(name), specifier).startsWith('..')
        : /^(?:#|node:|@postern\/)/.test(specifier),
    );
    expect(specifiers.length).toBeGreaterThan(100);
    expect(outside).toEqual([]);
  });

  test('asks its own server only, and only in one place', () => {
    const asking = sources.filter((name) =>
      /\bfetch\(|https?:\/\/|WebSocket|EventSource/.test(readFileSync(join('console/src', name), 'utf8')),
    );
    expect(asking).toEqual(['ask/send.ts']);
  });
});

describe('what only one place does', () => {
  test.each([
    ['reading the environment', /(?<!`)process\.env/, ['main.ts']],
    ['taking rewrites apart', /rewrite\??\.(?:kind|operands|base|subtracted)\b/, ['model/rewrite.ts']],
    [
      'taking formulas apart',
      /ormula\??\.(?:kind|decision|goal|edge|formula|operands|base|subtracted)\b|case 'via'/,
      ['engine/check/formula.ts', 'engine/check/settling.ts'],
    ],
    ['making GraphQL errors', /new GraphQLError\(/, ['graphql/errors.ts']],
  ])('%s', (_what, pattern, places: readonly string[]) => {
    expect(files.filter(({ text }) => pattern.test(text)).map(({ name }) => name)).toEqual(places);
  });
});

describe('files', () => {
  const sources = ['src', 'packages', 'console']
    .flatMap((top) => readdirSync(top, { recursive: true, encoding: 'utf8' }).map((name) => join(top, name)))
    .filter((path) => /\.tsx?$/.test(path) && !/\/(?:dist|node_modules)\//.test(path));
  const importsOf = new Map(
    sources.map((path) => [path, specifiersIn(readFileSync(path, 'utf8')).map((to) => join(dirname(path), to))]),
  );

  test('of which none needs itself by way of others, be it for a value or for a type', () => {
    expect(importsOf.size).toBeGreaterThan(500);
    expect(inCircles(importsOf)).toEqual([]);
  });

  test('that need each other would be noticed', () => {
    const circle = { 'a.ts': ['b.ts'], 'b.ts': ['c.ts'], 'c.ts': ['b.ts', 'd.ts'], 'd.ts': [] };
    expect(inCircles(new Map([...importsOf, ...Object.entries(circle)]))).toEqual(['b.ts', 'c.ts']);
  });
});

/** What is left when nothing is left that needs nothing of it, or is not needed by it. */
function inCircles(importsOf: ReadonlyMap<string, readonly string[]>): readonly string[] {
  let left = new Set(importsOf.keys());
  for (;;) {
    const needing = [...left].filter((path) => importsOf.get(path)?.some((to) => left.has(to)));
    const needed = new Set(needing.flatMap((path) => importsOf.get(path) ?? []));
    const next = needing.filter((path) => needed.has(path));
    if (next.length === left.size) return next;
    left = new Set(next);
  }
}

test('no two types that files of src export have the same name: one word, one thing', () => {
  const types = files.flatMap(({ name, text }) =>
    Array.from(text.matchAll(/^export (?:abstract )?(?:interface|type|class) (\w+)/gm), ([, type = '']) => ({
      type,
      name,
    })),
  );
  const shared = [...Map.groupBy(types, ({ type }) => type)].filter(([, all]) => all.length > 1);
  expect(types.length).toBeGreaterThan(400);
  expect(shared.map(([type, all]) => `${type} in ${all.map(({ name }) => name).join(' and ')}`)).toEqual([]);
});
