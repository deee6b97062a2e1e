import { describe, expect, test } from 'vitest';
import { followedParts } from '../../src/model/followed-parts.ts';
import type { Arc, Model, Relation } from '../../src/model/model.ts';
import { findReachableSubjects } from '../../src/model/reachable-subjects.ts';
import { withRuntimeParameters } from '../../src/model/runtime-parameters.ts';
import { dsl, model, subject } from '../support/parse.ts';

const text = dsl({
  user: {},
  team: { member: '[user, team#member]' },
  folder: { viewer: '[user]' },
  doc: {
    parent: '[folder]',
    banned: '[user]',
    viewer: '[user, team#member] or viewer from parent',
    can_view: 'viewer but not banned',
  },
});

function find({ types }: Model, type: string, name: string): Relation {
  const found = types.get(type)?.relations.get(name);
  if (found === undefined) throw new Error(`No relation "${name}" of "${type}".`);
  return found;
}

function formatArc({ kind, from, to, subtractions }: Arc): string {
  return `${from.type}#${from.name} -${kind}${subtractions > 0 ? ', taken away' : ''}-> ${to.type}#${to.name}`;
}

test('a graph has the arcs into and out of each relation of its model', () => {
  const { graph, relations } = model(text);
  const into = relations.flatMap((relation) => graph.into(relation)).map(formatArc);
  const outOf = relations.flatMap((relation) => graph.outOf(relation)).map(formatArc);
  expect(into).toEqual([
    'team#member -set-> team#member',
    'team#member -set-> doc#viewer',
    'folder#viewer -from-> doc#viewer',
    'doc#viewer -computed-> doc#can_view',
    'doc#banned -computed, taken away-> doc#can_view',
  ]);
  expect(outOf.toSorted()).toEqual(into.toSorted());
});

describe('nothing is said of a relation of another model, where "nothing leads there" would give what stands behind "but not"', () => {
  const own = model(text);
  const other = find(model(text), 'doc', 'banned');

  test.each<[string, () => unknown]>([
    ['into', () => own.graph.into(other)],
    ['outOf', () => own.graph.outOf(other)],
    ['canReach', () => findReachableSubjects(own).canReach(other, subject('user:ann'))],
    ['followedParts', () => followedParts(own, other, (operands) => operands)],
  ])('%s', (_question, ask) => {
    expect(ask).toThrow('Invariant violated');
  });

  test('a model with more runtime parameters has the same relations', () => {
    const more = withRuntimeParameters(own, ['ip']);
    const banned = find(own, 'doc', 'banned');
    expect(more.graph.outOf(banned)).toEqual(own.graph.outOf(banned));
    expect(findReachableSubjects(more).canReach(banned, subject('user:ann'))).toBe(true);
  });
});
