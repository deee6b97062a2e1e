import type { DirectiveNode, GraphQLField, GraphQLObjectType } from 'graphql';
import type { ObjectTemplate } from '../object-template.ts';
import { type RequiresPermission, readRequiresPermission } from '../requires-permission.ts';

/** A guard whose object is known from the arguments, or is one for everybody. */
export interface EarlyGuard {
  readonly permission: string;
  readonly object: Exclude<ObjectTemplate, { readonly kind: 'this' }>;
  readonly onDeny: 'ERROR' | 'NULL';
}

/**
 * The guards of a field that can be decided before anything runs; every other one is left to the subgraph: what needs the
 * parent object, `FILTER`, and what cannot be read.
 */
export function readFieldGuards(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): readonly EarlyGuard[] {
  const ofField = readRequiresPermission(field.astNode?.directives);
  return [...guardsOfType(type, field.name), ...ofField].flatMap((guard) => (guard.ok ? early(guard.value) : []));
}

function early({ permission, object, onDeny }: RequiresPermission): readonly EarlyGuard[] {
  if (object === undefined || object.kind === 'this' || onDeny === 'FILTER') return [];
  return [{ permission, object, onDeny }];
}

/**
 * Guards of a whole type hold for its fields but the keys, in the subgraph that declares them. A supergraph does not tell
 * which subgraph that is, so they are decided here only where the type has one subgraph.
 */
function guardsOfType(type: GraphQLObjectType, field: string) {
  const directives = [type.astNode, ...type.extensionASTNodes].flatMap((node) => node?.directives ?? []);
  const joins = directives.filter(({ name }) => name.value === 'join__type');
  const graphs = new Set(joins.map((join) => textOf(join, 'graph')));
  if (graphs.size > 1 || directives.some((directive) => isKey(directive, field))) return [];
  return readRequiresPermission(directives).filter((guard) => guard.ok && guard.value.object?.kind === 'literal');
}

/** `@key(fields:)` of a subgraph, or `@join__type(key:)` of a supergraph. */
function isKey(directive: DirectiveNode, field: string): boolean {
  const name = directive.name.value;
  if (name !== 'key' && name !== 'join__type') return false;
  const fields = textOf(directive, name === 'key' ? 'fields' : 'key') ?? '';
  return fields.split(/[\s,{}]+/).includes(field);
}

function textOf(directive: DirectiveNode, argument: string): string | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value !== undefined && 'value' in value ? String(value.value) : undefined;
}
