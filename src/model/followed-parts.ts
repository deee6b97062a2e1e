import { invariant } from '../base/invariant.ts';
import { type Leaf, type Model, owns, type Relation } from './model.ts';
import { arcsOf } from './relation-graph.ts';
import { foldRewrite, type RewritePart } from './rewrite.ts';

/** An operand of an intersection. */
export interface Operand {
  /** Whether a wildcard can be written anywhere that it takes subjects from: much of the store may follow from one. */
  readonly isOpen: boolean;
  readonly visit: (subtractions: number) => void;
}

/** Which operands of an intersection are followed, behind so many `but not`. */
export type Narrowing = (operands: readonly Operand[], subtractions: number) => readonly Operand[];

/**
 * The parts of a relation's definition that have to be followed to find those who hold it: whoever holds an intersection holds
 * each of its operands, so that one of them may be enough.
 */
export function followedParts(model: Model, to: Relation, narrow: Narrowing): readonly RewritePart<Leaf>[] {
  invariant(owns(model, to), 'the holders of a relation are looked for in its own model');
  const open = openRelations(model);
  const parts: RewritePart<Leaf>[] = [];
  const all = (operands: readonly Operand[]) => (subtractions: number) => {
    for (const operand of operands) operand.visit(subtractions);
  };
  const isAnyOpen = (operands: readonly Operand[]) => operands.some(({ isOpen }) => isOpen);
  const whole = foldRewrite<Leaf, Operand>(to.rewrite, {
    leaf: (leaf) => ({
      isOpen: opens(model, to, leaf, open),
      visit: (subtractions) => parts.push({ leaf, subtractions }),
    }),
    union: (operands) => ({ isOpen: isAnyOpen(operands), visit: all(operands) }),
    intersection: (operands) => ({
      isOpen: isAnyOpen(operands),
      visit: (subtractions) => all(narrow(operands, subtractions))(subtractions),
    }),
    exclusion: (base, subtracted) => ({
      isOpen: base.isOpen,
      visit: (subtractions) => {
        base.visit(subtractions);
        subtracted.visit(subtractions + 1);
      },
    }),
  });
  whole.visit(0);
  return parts;
}

function opens(model: Model, to: Relation, leaf: Leaf, open: ReadonlySet<Relation>): boolean {
  if (leaf.kind === 'direct' && takesWildcard(to)) return true;
  return arcsOf(model.types, to, { leaf, subtractions: 0 }).some(({ from }) => open.has(from));
}

const openOf = new WeakMap<Model, ReadonlySet<Relation>>();

/** The relations that somebody may hold by a wildcard, on whatever object it is written; found out once for a model. */
function openRelations(model: Model): ReadonlySet<Relation> {
  const known = openOf.get(model);
  if (known !== undefined) return known;
  const open = new Set(model.relations.filter(takesWildcard));
  for (const relation of open) {
    for (const { to, subtractions } of model.graph.outOf(relation)) if (subtractions === 0) open.add(to);
  }
  openOf.set(model, open);
  return open;
}

function takesWildcard({ restrictions }: Relation): boolean {
  return restrictions.some(({ kind }) => kind === 'wildcard');
}
