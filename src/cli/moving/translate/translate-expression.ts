import { assertNever } from '../../../base/assert-never.ts';
import { quote } from '../../../base/text-problem.ts';
import { printRewrite } from '../../../model/print-rewrite.ts';
import type { Rewrite } from '../../../model/rewrite.ts';
import {
  type ArrowExpression,
  type Definition,
  findDefinition,
  findMember,
  type Schema,
  type SchemaExpression,
  type SchemaRelation,
} from '../spicedb/schema.ts';
import type { RefusedPart } from './construct.ts';
import type { Helpers } from './helpers-of.ts';
import type { SchemaNames } from './name-schema.ts';

export type TargetLeaf =
  | { readonly kind: 'direct' }
  | { readonly kind: 'computed'; readonly name: string }
  | { readonly kind: 'from'; readonly name: string; readonly through: string };

export type TargetRewrite = Rewrite<TargetLeaf>;

/** What an expression is in the model; `nothing` for what nobody ever holds. */
export type Term = TargetRewrite | 'nothing';

/** Why an expression does not come in; thrown in the midst of it. */
export class RefusedExpression extends Error {
  readonly refusal: RefusedPart;

  constructor(refusal: RefusedPart) {
    super(refusal.why);
    this.refusal = refusal;
  }
}

/** Where an expression stands. */
export interface ExpressionPlace {
  readonly schema: Schema;
  readonly definition: Definition;
  readonly names: SchemaNames;
  readonly helpers: Helpers;
}

export function translateExpression(place: ExpressionPlace, expression: SchemaExpression): Term {
  switch (expression.kind) {
    case 'name':
      return { kind: 'computed', name: place.names.memberOf(place.definition, expression.name) };
    case 'nil':
      return 'nothing';
    case 'self':
      return { kind: 'computed', name: place.helpers.itselfOf(place.definition) };
    case 'arrow':
      return translateArrow(place, expression);
    case 'union':
      return joined('union', givingOf(expression.operands.map((one) => translateExpression(place, one))));
    case 'intersection':
      return intersectionOf(expression.operands.map((one) => translateExpression(place, one)));
    case 'exclusion':
      return exclusionOf(
        place,
        translateExpression(place, expression.base),
        translateExpression(place, expression.subtracted),
      );
    default:
      return assertNever(expression);
  }
}

export function printTerm(rewrite: TargetRewrite, direct: string): string {
  return printRewrite(rewrite, (leaf) => {
    if (leaf.kind === 'direct') return direct;
    return leaf.kind === 'computed' ? leaf.name : `${leaf.name} from ${leaf.through}`;
  });
}

function givingOf(terms: readonly Term[]): readonly TargetRewrite[] {
  return terms.filter((term) => term !== 'nothing');
}

function intersectionOf(terms: readonly Term[]): Term {
  const giving = givingOf(terms);
  return giving.length < terms.length ? 'nothing' : joined('intersection', giving);
}

function exclusionOf({ helpers, definition }: ExpressionPlace, base: Term, subtracted: Term): Term {
  if (base === 'nothing' || subtracted === 'nothing') return base;
  if (printTerm(base, '') !== printTerm(subtracted, '')) return { kind: 'exclusion', base, subtracted };
  // A model does not say the same twice, and what is undecided stays so when it is taken from itself.
  const nothing: TargetRewrite = { kind: 'computed', name: helpers.nothingOf(definition) };
  return { kind: 'exclusion', base: { kind: 'union', operands: [base, nothing] }, subtracted };
}

/** Whoever holds one of them. */
export function unionOf(operands: readonly TargetRewrite[]): Term {
  return joined('union', operands);
}

/** Operands of the same kind are those of the whole, and each is said once. */
function joined(kind: 'union' | 'intersection', operands: readonly TargetRewrite[]): Term {
  const flat = operands.flatMap((one) => (one.kind === kind ? one.operands : [one]));
  const unique = [...new Map(flat.map((one) => [printTerm(one, ''), one])).values()];
  const [first] = unique;
  if (first === undefined) return 'nothing';
  return unique.length === 1 ? first : { kind, operands: unique };
}

function translateArrow(place: ExpressionPlace, arrow: ArrowExpression): Term {
  if (arrow.of === 'all') throw new RefusedExpression({ kind: 'all-arrow', why: allArrow(arrow) });
  const relation = findMember(place.definition, arrow.through);
  if (relation === undefined || !('subjects' in relation)) return 'nothing';
  if (relation.subjects.some(({ kind }) => kind === 'wildcard')) {
    throw new RefusedExpression({ kind: 'wildcard-arrow', why: wildcardArrow(arrow) });
  }
  const through = relation.subjects.every(({ kind }) => kind === 'object')
    ? place.names.memberOf(place.definition, relation.name)
    : place.helpers.objectsOf(place.definition, relation);
  const targets = targetNames(place, relation, arrow);
  return joined(
    'union',
    targets.map((name) => ({ kind: 'from', name, through })),
  );
}

/** What the arrow leads to may have another name on each type; and on no other type may that name be something else. */
function targetNames(
  { schema, names }: ExpressionPlace,
  { subjects }: SchemaRelation,
  arrow: ArrowExpression,
): readonly string[] {
  const types = [...new Set(subjects.map(({ type }) => type))].flatMap((type) => findDefinition(schema, type) ?? []);
  const leading = types.filter((type) => findMember(type, arrow.name) !== undefined);
  const targets = new Set(leading.map((type) => names.memberOf(type, arrow.name)));
  for (const type of types) {
    for (const { name } of [...type.relations, ...type.permissions]) {
      if (name === arrow.name || !targets.has(names.memberOf(type, name))) continue;
      throw new RefusedExpression({ kind: 'name', why: otherMeaning(arrow, type.name, name) });
    }
  }
  return [...targets];
}

function allArrow({ through, name }: ArrowExpression): string {
  return `${quote(`${through}.all(${name})`)} asks all objects at once, which a model cannot. Next: say in the source what is meant without it.`;
}

function wildcardArrow({ through }: ArrowExpression): string {
  return `${quote(through)} takes a wildcard, and an arrow over it leads everywhere.`;
}

function otherMeaning({ through, name }: ArrowExpression, type: string, member: string): string {
  return `${quote(`${through}->${name}`)} would lead to ${quote(`${type}#${member}`)} as well, which has the same name here. Next: give one of them another name in the file of --names.`;
}
