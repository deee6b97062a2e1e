import { describe, expect, test } from 'vitest';
import { type Step, treeOf } from '../../console/src/ask/explanation.ts';
import { pictureOf } from '../../console/src/pictures/picture-of.ts';

const nothing = {
  object: null,
  relation: null,
  subject: null,
  condition: null,
  expiresAt: null,
  createdAt: null,
  createdBy: null,
};

function fact(depth: number, text: string, kind: Step['kind'] = 'RELATIONSHIP'): Step {
  const [, object = '', relation = '', subject = ''] = /^(.+?)#(.+?)@(.+)$/.exec(text) ?? [];
  return { ...nothing, depth, kind, object, relation, subject, text };
}

function step(depth: number, kind: Step['kind'], object: string | null = null): Step {
  return { ...nothing, depth, kind, object, relation: object === null ? null : 'can_view', text: kind };
}

const throughTeam = [
  step(0, 'HOLDS', 'doc:1'),
  fact(1, 'doc:1#folder@folder:plans'),
  step(1, 'HOLDS', 'folder:plans'),
  fact(2, 'folder:plans#viewer@team:eng#member'),
  step(2, 'HOLDS', 'team:eng'),
  fact(3, 'team:eng#member@user:mia'),
];
const question = { subject: 'user:mia', object: 'doc:1' };

describe('a tree', () => {
  test('puts each step below the last one that is less deep', () => {
    const [root, ...others] = treeOf(throughTeam);
    expect(others).toEqual([]);
    expect(root?.below.map(({ step: { text, kind }, below }) => [text === kind ? kind : text, below.length])).toEqual([
      ['doc:1#folder@folder:plans', 0],
      ['HOLDS', 2],
    ]);
  });

  test('of nothing is nothing', () => {
    expect(treeOf([])).toEqual([]);
  });
});

describe('a picture', () => {
  const draw = (steps: readonly Step[], roles: readonly { object: string; role: string }[] = []) =>
    pictureOf(question, treeOf(steps), roles);

  test('goes from the subject on the left to the object on the right', () => {
    const { boxes, arrows, columns } = draw(throughTeam);
    const byColumn = boxes.toSorted((left, right) => left.column - right.column).map(({ name }) => name);
    expect(byColumn).toEqual(['user:mia', 'team:eng', 'folder:plans', 'doc:1']);
    expect(columns).toBe(4);
    expect(arrows.map(({ from, relations, to, kind }) => [from, ...relations, to, kind])).toEqual([
      ['folder:plans', 'folder', 'doc:1', 'counts'],
      ['team:eng', 'viewer', 'folder:plans', 'counts'],
      ['user:mia', 'member', 'team:eng', 'counts'],
    ]);
  });

  test.each<readonly [string, readonly Step[], string]>([
    ['takes away', [step(0, 'EXCLUDED', 'doc:1'), fact(1, 'doc:1#blocked@user:mia')], 'takesAway'],
    ['has a condition that does not hold', [fact(0, 'doc:1#viewer@user:mia', 'UNMET_CONDITION')], 'unmet'],
    ['cannot be decided', [fact(0, 'doc:1#viewer@user:mia', 'UNDECIDED')], 'undecided'],
    ['may not be seen', [step(0, 'HOLDS', 'doc:1'), step(1, 'HIDDEN')], 'hidden'],
  ])('of what %s looks so', (_what, steps, kind) => {
    expect(draw(steps).arrows.map((arrow) => arrow.kind)).toEqual([kind]);
  });

  test('of a denial has the roles that would be enough', () => {
    expect(draw([], [{ object: 'doc:1', role: 'author' }]).arrows).toEqual([
      { from: 'user:mia', to: 'doc:1', relations: ['author'], kind: 'missing' },
    ]);
  });

  test('joins what leads the same way, and takes the subject for one of everybody', () => {
    const roles = ['viewer', 'owner'].map((role) => ({ object: 'doc:1', role }));
    const { arrows, boxes } = draw([fact(0, 'folder:plans#viewer@user:*', 'UNDECIDED')], roles);
    expect(arrows.map(({ from, relations, to, kind }) => [from, relations, to, kind])).toEqual([
      ['user:*', ['viewer'], 'folder:plans', 'undecided'],
      ['user:mia', [], 'user:*', 'undecided'],
      ['user:mia', ['viewer', 'owner'], 'doc:1', 'missing'],
    ]);
    const columns = new Map(boxes.map(({ name, column }) => [name, column]));
    expect([...columns].toSorted(([, left], [, right]) => left - right).map(([name]) => name)).toEqual([
      'user:mia',
      'user:*',
      'folder:plans',
      'doc:1',
    ]);
  });

  test('has each box and each arrow once, and no two boxes in one place', () => {
    const { boxes, arrows } = draw([...throughTeam, ...throughTeam]);
    expect(new Set(boxes.map(({ name }) => name)).size).toBe(boxes.length);
    expect(new Set(boxes.map(({ column, row }) => JSON.stringify([column, row]))).size).toBe(boxes.length);
    expect(arrows).toHaveLength(3);
  });

  test('of many ways has those that are nearest to the object, and says how many it leaves out', () => {
    const many = Array.from({ length: 30 }, (_, index) => fact(0, `doc:1#viewer@team:t${index}#member`));
    const { boxes, leftOut } = draw(many);
    expect([boxes.length <= 13, boxes.length + leftOut]).toEqual([true, 32]);
    expect(boxes.map(({ name }) => name)).toEqual(expect.arrayContaining(['user:mia', 'doc:1']));
  });

  test('of a ring ends', () => {
    const ring = [fact(0, 'team:a#member@team:b#member'), fact(0, 'team:b#member@team:a#member'), ...throughTeam];
    expect(draw(ring).boxes.length).toBe(6);
  });

  test('of a subject that is the object is one box', () => {
    expect(pictureOf({ subject: 'team:eng', object: 'team:eng' }, [], []).boxes).toHaveLength(1);
  });
});
