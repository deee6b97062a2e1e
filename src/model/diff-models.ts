import type { Condition } from './condition.ts';
import { formatCondition, formatRelation, formatRestriction } from './format-relation.ts';
import type { Model, Relation, TypeDefinition } from './model.ts';

/** One thing that two models do not have in common. */
export type ModelChange =
  | { readonly what: 'type'; readonly type: string; readonly change: 'added' | 'removed' }
  | RelationChange
  | ({ readonly what: 'condition'; readonly condition: string } & Definitions);

export type RelationChange = {
  readonly what: 'relation';
  readonly type: string;
  readonly relation: string;
  /** Who can be written for it now, and could not before. */
  readonly addedSubjects: readonly string[];
  /** Who cannot be written for it any more. */
  readonly removedSubjects: readonly string[];
} & Definitions;

/** How something was defined and how it is, in the model language; undefined where it is not there. */
export type Definitions =
  | { readonly change: 'added'; readonly before: undefined; readonly after: string }
  | { readonly change: 'removed'; readonly before: string; readonly after: undefined }
  | { readonly change: 'changed'; readonly before: string; readonly after: string };

/** What changes from one model to another; empty when they say the same. */
export type ModelDiff = readonly ModelChange[];

/**
 * What changes from one model to another: types with their relations, then conditions, each in the order of their names.
 *
 * Definitions are compared as the language writes them, so a change of order counts as one; comments, modules
 * and the order of a condition's parameters do not.
 */
export function diffModels(
  before: Pick<Model, 'types' | 'conditions'>,
  after: Pick<Model, 'types' | 'conditions'>,
): ModelDiff {
  const types = namesOf(before.types, after.types).flatMap((name) =>
    diffTypes(name, before.types.get(name), after.types.get(name)),
  );
  const conditions = namesOf(before.conditions, after.conditions).flatMap((name) =>
    diffConditions(name, before.conditions.get(name), after.conditions.get(name)),
  );
  return [...types, ...conditions];
}

/** A change as a line: `~ show#can_publish: editor or owner -> owner`. */
export function formatModelChange(change: ModelChange): string {
  const sign = { added: '+', removed: '-', changed: '~' }[change.change];
  if (change.what === 'type') return `${sign} type ${change.type}`;
  const { before, after } = change;
  const definition = before !== undefined && after !== undefined ? `${before} -> ${after}` : (before ?? after);
  return change.what === 'relation'
    ? `${sign} ${change.type}#${change.relation}: ${definition}`
    : `${sign} condition ${change.condition}${definition}`;
}

function diffTypes(
  type: string,
  before: TypeDefinition | undefined,
  after: TypeDefinition | undefined,
): readonly ModelChange[] {
  const relations = namesOf(before?.relations, after?.relations).flatMap((name) =>
    diffRelations(type, name, before?.relations.get(name), after?.relations.get(name)),
  );
  if (before !== undefined && after !== undefined) return relations;
  return [{ what: 'type', type, change: before === undefined ? 'added' : 'removed' }, ...relations];
}

function diffRelations(
  type: string,
  relation: string,
  before: Relation | undefined,
  after: Relation | undefined,
): readonly ModelChange[] {
  const definitions = compare(before && formatRelation(before), after && formatRelation(after));
  if (definitions === undefined) return [];
  const subjectsBefore = new Set(before?.restrictions.map(formatRestriction));
  const subjectsAfter = new Set(after?.restrictions.map(formatRestriction));
  const addedSubjects = [...subjectsAfter.difference(subjectsBefore)];
  const removedSubjects = [...subjectsBefore.difference(subjectsAfter)];
  return [{ what: 'relation', type, relation, addedSubjects, removedSubjects, ...definitions }];
}

function diffConditions(
  condition: string,
  before: Condition | undefined,
  after: Condition | undefined,
): readonly ModelChange[] {
  const definitions = compare(before && formatCondition(before), after && formatCondition(after));
  if (definitions !== undefined) return [{ what: 'condition', condition, ...definitions }];
  // On one line, expressions can look alike that differ inside a text of several lines.
  if (before === undefined || after === undefined || before.expression === after.expression) return [];
  return [{ what: 'condition', condition, change: 'changed', before: before.expression, after: after.expression }];
}

function compare(before: string | undefined, after: string | undefined): Definitions | undefined {
  if (before === after) return undefined;
  if (before === undefined) return after === undefined ? undefined : { change: 'added', before, after };
  return after === undefined ? { change: 'removed', before, after } : { change: 'changed', before, after };
}

function namesOf(
  before: ReadonlyMap<string, unknown> | undefined,
  after: ReadonlyMap<string, unknown> | undefined,
): readonly string[] {
  return [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].toSorted((a, b) => (a < b ? -1 : 1));
}
