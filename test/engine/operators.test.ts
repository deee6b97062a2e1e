import { describe, expect, test } from 'vitest';
import type { Relationship } from '../../src/model/relationship.ts';
import { decide, type World } from '../support/decide.ts';
import { dsl, relationship } from '../support/parse.ts';

/** What an operand comes to: `cyclic` leads back to the relation that it is an operand of. */
const operands = ['allowed', 'denied', 'undecided', 'cyclic'] as const;
type Operand = (typeof operands)[number];
type Outcome = Exclude<Operand, 'cyclic'>;
type Table = Readonly<Record<Operand, readonly [Outcome, Outcome, Outcome, Outcome]>>;

/** Rows are left operands, columns right ones, in the order of `operands`. */
const union: Table = {
  allowed: ['allowed', 'allowed', 'allowed', 'allowed'],
  denied: ['allowed', 'denied', 'undecided', 'denied'],
  undecided: ['allowed', 'undecided', 'undecided', 'undecided'],
  cyclic: ['allowed', 'denied', 'undecided', 'denied'],
};

const intersection: Table = {
  allowed: ['allowed', 'denied', 'undecided', 'denied'],
  denied: ['denied', 'denied', 'denied', 'denied'],
  undecided: ['undecided', 'denied', 'undecided', 'denied'],
  cyclic: ['denied', 'denied', 'denied', 'denied'],
};

/**
 * Rows are what is included, columns what is subtracted.
 *
 * OpenFGA also denies what is undecided but not cyclic. Here the error stays visible; nothing is allowed either way.
 */
const exclusion: Table = {
  allowed: ['denied', 'allowed', 'undecided', 'denied'],
  denied: ['denied', 'denied', 'denied', 'denied'],
  undecided: ['denied', 'undecided', 'undecided', 'undecided'],
  cyclic: ['denied', 'denied', 'denied', 'denied'],
};

const late = { late: '(hour: int) {\n  hour > 17\n}' };
/** A document whose `result` is computed from operands, each a relation of its own: none may be named twice. */
function documentWith(rewrite: string): World {
  const names = new Set<string>();
  const result = rewrite.replaceAll(new RegExp(operands.join('|'), 'g'), (operand) => {
    const name = `${operand}_${names.size}`;
    names.add(name);
    return name;
  });
  const definitions = [...names].map((name) => [name, '[user, user with late, doc#result]']);
  return {
    dsl: dsl({ user: {}, doc: { ...Object.fromEntries(definitions), result } }, late),
    relationships: [...names].flatMap((name) => subjectsOf(`doc:1#${name}`, name)),
  };
}

/** What makes a relation the kind of operand that its name begins with. */
function subjectsOf(source: string, name: string): readonly (string | Relationship)[] {
  if (name.startsWith('allowed')) return [`${source}@user:ann`];
  if (name.startsWith('undecided')) return [relationship(`${source}@user:ann`, { condition: ['late', {}] })];
  return name.startsWith('cyclic') ? [`${source}@doc:1#result`] : [];
}

/** A document that a relation is held on if it is held on any of its boxes: one box for each kind of operand. */
function documentIn(boxes: readonly Operand[]): World {
  const types = {
    user: {},
    box: { result: '[user, user with late, doc#result]' },
    doc: { box: '[box]', result: 'result from box' },
  };
  const relationships = boxes.flatMap((box) => [`doc:1#box@box:${box}`, ...subjectsOf(`box:${box}#result`, box)]);
  return { dsl: dsl(types, late), relationships };
}

/** The same with subject sets of the boxes. */
function documentFor(boxes: readonly Operand[]): World {
  const { relationships = [] } = documentIn(boxes);
  const types = {
    user: {},
    box: { result: '[user, user with late, doc#result]' },
    doc: { box: '[box]', result: '[box#result]' },
  };
  return {
    dsl: dsl(types, late),
    relationships: [...relationships, ...boxes.map((box) => `doc:1#result@box:${box}#result`)],
  };
}

async function outcomeIn(world: World): Promise<string> {
  const [outcome] = await decide(world, 'doc:1#result@user:ann');
  return outcome === 'MISSING_CONTEXT' ? 'undecided' : (outcome ?? '');
}

const pairs = operands.flatMap((left) => operands.map((right) => [left, right] as const));

function cell(table: Table, left: Operand, right: Operand): Outcome | undefined {
  return table[left][operands.indexOf(right)];
}

describe.each<[operator: string, table: Table, world: (left: Operand, right: Operand) => World]>([
  ['or', union, (left, right) => documentWith(`${left} or ${right}`)],
  ['and', intersection, (left, right) => documentWith(`${left} and ${right}`)],
  ['but not', exclusion, (left, right) => documentWith(`${left} but not ${right}`)],
  ['or, between subject sets', union, (left, right) => documentFor([...new Set([left, right])])],
  ['or, between parents', union, (left, right) => documentIn([...new Set([left, right])])],
])('%s', (_operator, table, world) => {
  test.each(pairs)('%s, %s', async (left, right) => {
    expect(await outcomeIn(world(left, right))).toBe(cell(table, left, right));
  });
});

describe.each([
  ['or', union],
  ['and', intersection],
] as const)('three operands with %s', (operator, table) => {
  test.each(pairs)('%s, %s and each third', async (first, second) => {
    for (const third of operands) {
      const two = cell(table, first, second) ?? 'denied';
      const outcome = await outcomeIn(documentWith([first, second, third].join(` ${operator} `)));
      expect([third, outcome]).toEqual([third, cell(table, two, third)]);
    }
  });
});

test.each<[rewrite: string, outcome: Outcome]>([
  ['allowed but not (denied or undecided)', 'undecided'],
  ['allowed but not (denied and undecided)', 'allowed'],
  ['allowed but not (allowed but not allowed)', 'allowed'],
  ['allowed but not (allowed but not undecided)', 'undecided'],
  ['(allowed or undecided) and (undecided or denied)', 'undecided'],
  ['(undecided and denied) or (allowed but not denied)', 'allowed'],
  ['allowed but not (allowed and cyclic)', 'denied'],
  ['allowed but not (denied and cyclic)', 'allowed'],
  ['allowed and (allowed or cyclic)', 'allowed'],
  ['(allowed but not denied) but not (undecided and allowed)', 'undecided'],
])('%s: %s', async (rewrite, outcome) => {
  expect(await outcomeIn(documentWith(rewrite))).toBe(outcome);
});
