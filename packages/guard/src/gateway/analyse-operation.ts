import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { PermissionCheck } from '../decision.ts';
import type { InputGuards } from '../inputs/input-guards.ts';
import { CheckList } from './check-list.ts';
import { fragmentsOf } from './fragments-of.ts';
import type { DecidableGuard, GuardedField } from './guarded-field.ts';
import { isIncluded } from './is-included.ts';
import { readArguments } from './read-arguments.ts';
import { type EarlyGuard, readFieldGuards } from './read-field-guards.ts';
import { readIds } from './read-ids.ts';
import { type EarlyInputGuard, inputGuardsOf } from './read-input-guards.ts';
import { type ReadVariables, readVariables, type Variables } from './read-variables.ts';

export interface OperationRequest {
  /** A supergraph's schema that keeps the directives, or a subgraph's. */
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  /** As the client sent them. */
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface OperationAnalysis {
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
  /** By the node of the document: one node has one type that it is a field of, and so one set of guards. */
  readonly fields: ReadonlyMap<FieldNode, GuardedField>;
  /** Every check that `fields` refer to, each once. */
  readonly checks: readonly PermissionCheck[];
}

/**
 * Every guard of an operation that can be decided before anything runs; undefined where there is none.
 *
 * The answer never opens anything. What cannot be told from the document and the variables is left to the subgraph, whose
 * own guard asks again: fields that are selected on an interface or a union, guards with `$this`, guards that cannot be
 * read, checks beyond the first thousand, and operations that will not run because they are not valid.
 */
export function analyseOperation(request: OperationRequest): OperationAnalysis | undefined {
  const { schema, document } = request;
  const operation = getOperationAST(document, request.operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return undefined;
  const read = readVariables(schema, operation.variableDefinitions ?? [], request.variables ?? {});
  if (read.kind === 'invalid') return undefined;
  const variables = read.kind === 'read' ? read.variables : Object.create(null);
  const walk: Walk = {
    schema,
    read,
    variables,
    fragments: fragmentsOf(document),
    seen: new Set(),
    fields: new Map(),
    checks: new CheckList(),
  };
  visit(walk, operation.selectionSet, root, []);
  const { fields, checks } = walk;
  return fields.size === 0 ? undefined : { operation, variables, fields, checks: checks.checks };
}

interface Walk {
  readonly schema: GraphQLSchema;
  readonly read: ReadVariables;
  readonly variables: Variables;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly seen: Set<string>;
  readonly fields: Map<FieldNode, GuardedField>;
  readonly checks: CheckList;
}

function visit(
  walk: Walk,
  { selections }: SelectionSetNode,
  type: GraphQLNamedType | undefined,
  path: readonly string[],
): void {
  for (const selection of selections) {
    if (!isIncluded(selection, walk.variables)) continue;
    if (selection.kind === Kind.FIELD) visitField(walk, selection, type, path);
    else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      visit(walk, selection.selectionSet, condition === undefined ? type : walk.schema.getType(condition), path);
    } else {
      const fragment = walk.fragments.get(selection.name.value);
      // What is in a fragment has the same guards wherever the fragment is used.
      if (fragment === undefined || walk.seen.has(selection.name.value)) continue;
      walk.seen.add(selection.name.value);
      visit(walk, fragment.selectionSet, walk.schema.getType(fragment.typeCondition.name.value), path);
    }
  }
}

function visitField(walk: Walk, node: FieldNode, type: GraphQLNamedType | undefined, before: readonly string[]): void {
  if (!isObjectType(type) && !isInterfaceType(type)) return;
  const field = type.getFields()[node.name.value];
  if (field === undefined) return;
  const path = [...before, node.alias?.value ?? node.name.value];
  if (isObjectType(type)) {
    const guards = decidableGuards(walk, node, type, field);
    const coordinate = `${type.name}.${field.name}`;
    if (guards.length > 0) walk.fields.set(node, { node, coordinate, type: field.type, path, guards });
  }
  if (node.selectionSet !== undefined) visit(walk, node.selectionSet, getNamedType(field.type), path);
}

function decidableGuards(
  walk: Walk,
  node: FieldNode,
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
): readonly DecidableGuard[] {
  const early = readFieldGuards(type, field);
  const inputs = inputGuardsOf(walk.schema);
  const ofInputs = node.arguments?.length ? inputs.within(type.name, field) : [];
  if (early.length === 0 && ofInputs.length === 0) return [];
  const read = readArguments(field, node, walk.read);
  if (read.kind === 'invalid') return [];
  if (read.kind === 'unknown') return [...early, ...ofInputs].map(unknownGuard);
  return [
    ...early.flatMap((guard) => decidableGuard(walk.checks, guard, read.values) ?? []),
    ...(ofInputs.length === 0
      ? []
      : decidableInputs(walk.checks, inputs, { type: type.name, field, args: read.values })),
  ];
}

function unknownGuard({ permission, object: { type }, onDeny }: EarlyGuard | EarlyInputGuard): DecidableGuard {
  return { permission, type, onDeny, checks: 'unknown' };
}

function decidableGuard(list: CheckList, guard: EarlyGuard, values: unknown): DecidableGuard | undefined {
  const { object } = guard;
  const ids =
    object.kind === 'literal' ? readIds(object.id, [], list.budget) : readIds(values, object.path, list.budget);
  return decidable(list, guard, ids);
}

interface GivenField {
  readonly type: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly args: unknown;
}

/** What is more than may be read is left to the subgraph, as with checks. */
function decidableInputs(
  list: CheckList,
  inputs: InputGuards<EarlyInputGuard>,
  { type, field, args }: GivenField,
): readonly DecidableGuard[] {
  const { budget } = list;
  const spend = () => {
    budget.left -= 1;
    return budget.left > 0;
  };
  const { given, isWhole } = inputs.take(type, field, args, spend);
  if (!isWhole) return [];
  return given.flatMap(({ guard, owners }) => {
    const { object } = guard;
    if (object.kind !== 'this') return decidableGuard(list, { ...guard, object }, args) ?? [];
    return decidable(list, guard, readIds(owners, object.path, budget)) ?? [];
  });
}

/** `ids` is undefined where one place names no object. */
function decidable(
  list: CheckList,
  { permission, object: { type }, onDeny }: EarlyGuard | EarlyInputGuard,
  ids: readonly string[] | undefined,
): DecidableGuard | undefined {
  // As with checks that are too many: the subgraph decides.
  if (list.budget.left <= 0) return undefined;
  if (ids === undefined) return { permission, type, onDeny, checks: 'none' };
  const checks = list.add(
    permission,
    ids.map((id) => `${type}:${id}`),
  );
  return checks === undefined || checks.length === 0 ? undefined : { permission, type, onDeny, checks };
}
