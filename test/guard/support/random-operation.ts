import { type Random, seededRandom } from '../../support/seeded-random.ts';

/** An operation on what `startTwoSubgraphs` serves, and what has to come of it. */
export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** By `can_rank platform:main`. */
  readonly allowed: (check: string) => boolean;
  /** The fields that are refused, without positions in lists. */
  readonly refused: readonly string[];
}

/** A value that is given, as a literal and as JSON; with what giving it needs. */
interface Value {
  readonly type: string;
  readonly json: unknown;
  readonly literal: (write: (value: Value) => string) => string;
  readonly needs: readonly string[];
}

const permissions = [
  'can_ask platform:main',
  'can_rank platform:main',
  'can_filter platform:main',
  'can_limit platform:main',
  'can_see label:l1',
  'can_see label:l2',
];

/** What nobody can have: the permission on an object without a name. */
const impossible = 'can_see nothing';

export function randomOperation(seed: number): RandomOperation {
  const random = seededRandom(seed);
  const have = new Set(permissions.filter(() => random() < 0.6));
  const writer = new Writer(random);
  const refused: string[] = [];
  const field = (path: string, args: Readonly<Record<string, Value | undefined>>) => {
    const given = Object.entries(args).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
    const text = given.map(({ name, value }) => `${name}: ${writer.write(value)}`).join(', ');
    const isIncluded = random() < 0.9;
    const condition = random() < 0.3 || !isIncluded ? ` @include(if: ${writer.write(flag(isIncluded))})` : '';
    if (isIncluded && given.some(({ value }) => value.needs.some((need) => !have.has(need)))) refused.push(path);
    return `${text === '' ? '' : `(${text})`}${condition}`;
  };
  const selections = [
    `r: ranked${field('r', rankedArguments(random))}`,
    `...F`,
    `a: asked${field('a', askedArguments(random))}`,
    `tracks { id sales${field('tracks.sales', { by: maybe(random, rank) })} charts${field('tracks.charts', { by: maybe(random, rank) })} }`,
  ];
  const fragment = `fragment F on Query { f: ranked${field('f', rankedArguments(random))} currency }`;
  const query = `query${writer.definitions()} { ${selections.join(' ')} } ${fragment}`;
  return { query, variables: writer.variables, allowed: (check) => have.has(check), refused };
}

/** Writes values as literals, in variables, and as defaults of variables. */
class Writer {
  readonly variables: Record<string, unknown> = {};
  readonly #definitions: string[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  write = (value: Value): string => {
    if (this.#random() < 0.6) return value.literal(this.write);
    const name = `v${this.#definitions.length}`;
    const isDefault = this.#random() < 0.3;
    const literal: (value: Value) => string = (inner) => inner.literal(literal);
    // A variable that is not null has no need of a default, and is given one all the same.
    this.#definitions.push(`$${name}: ${value.type}${isDefault ? ` = ${literal(value)}` : ''}`);
    if (!isDefault) this.variables[name] = value.json;
    return `$${name}`;
  };

  definitions(): string {
    return this.#definitions.length === 0 ? '' : `(${this.#definitions.join(', ')})`;
  }
}

function rankedArguments(random: Random) {
  return {
    by: maybe(random, rank),
    among: maybe(random, (one) => list(one, 'Rank!', () => rankOf(one, 'Rank!'))),
    rank: maybe(random, (one) => unless(rank(one), 'TITLE')),
    filter: maybe(random, (one) => filter(one, 'RankFilter', 3)),
  };
}

function askedArguments(random: Random) {
  const label = pick(random, [undefined, 'l1', 'l2']);
  const need = label === undefined ? impossible : `can_see label:${label}`;
  return {
    why: maybe(random, () => {
      const why = pick(random, ['work', 'fun', null]);
      return scalar('String', why, why === 'work' ? [] : ['can_ask platform:main']);
    }),
    label: label === undefined ? undefined : scalar('ID', label, []),
    of: maybe(random, () => scalar('ID', pick(random, ['x', null]), [need])),
  };
}

function filter(random: Random, type: string, depth: number): Value {
  const deep = <T>(make: () => T) => (depth > 0 && random() < 0.5 ? make() : undefined);
  return object(type, {
    minimum: maybe(random, () => scalar('Int', pick(random, [0, 7, null]), ['can_filter platform:main'])),
    limit: maybe(random, () => {
      const limit = pick(random, [3, 4, null]);
      return scalar('Int', limit, limit === 3 ? [] : ['can_limit platform:main']);
    }),
    rank: maybe(random, (one) => unless(rank(one), 'TITLE')),
    labels: deep(() => list(random, 'LabelFilter!', () => label(random))),
    and: deep(() => list(random, 'RankFilter!', () => filter(random, 'RankFilter!', depth - 1))),
    not: deep(() => filter(random, 'RankFilter', depth - 1)),
  });
}

function label(random: Random): Value {
  const id = pick(random, [undefined, 'l1', 'l2']);
  const needs = [id === undefined ? impossible : `can_see label:${id}`];
  return object('LabelFilter!', {
    id: id === undefined ? undefined : scalar('ID', id, []),
    royalties: maybe(random, () => scalar('Int', pick(random, [1, null]), needs)),
  });
}

function rank(random: Random): Value {
  return rankOf(random, 'Rank');
}

function rankOf(random: Random, type: string): Value {
  const name = pick(random, ['TITLE', 'LENGTH', 'ROYALTIES']);
  return { type, json: name, literal: () => name, needs: name === 'ROYALTIES' ? ['can_rank platform:main'] : [] };
}

/** What the field would run with anyhow needs nothing. */
function unless(value: Value, usual: unknown): Value {
  return value.json === usual ? { ...value, needs: [] } : value;
}

function flag(value: boolean): Value {
  return scalar('Boolean!', value, []);
}

function scalar(type: string, json: unknown, needs: readonly string[]): Value {
  return { type, json, literal: () => JSON.stringify(json), needs };
}

/** Of one item, also without the list. */
function list(random: Random, item: string, make: () => Value): Value {
  const items = Array.from({ length: Math.floor(random() * 3) }, make);
  const [only] = items;
  const needs = items.flatMap((one) => one.needs);
  const type = `[${item}]`;
  if (items.length === 1 && only !== undefined && random() < 0.5) {
    const bare: (value: Value) => string = (inner) => inner.literal(bare);
    return { type, json: only.json, literal: () => bare(only), needs };
  }
  return { type, json: items.map(({ json }) => json), literal: (write) => `[${items.map(write).join(', ')}]`, needs };
}

function object(type: string, parts: Readonly<Record<string, Value | undefined>>): Value {
  const fields = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  return {
    type,
    json: Object.fromEntries(fields.map(({ name, value }) => [name, value.json])),
    literal: (write) => `{ ${fields.map(({ name, value }) => `${name}: ${write(value)}`).join(', ')} }`,
    needs: fields.flatMap(({ value }) => value.needs),
  };
}

function maybe(random: Random, make: (random: Random) => Value): Value | undefined {
  return random() < 0.5 ? make(random) : undefined;
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)] as Item;
}
