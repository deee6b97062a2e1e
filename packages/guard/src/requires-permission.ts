import { type DirectiveNode, Kind } from 'graphql';
import { type ObjectTemplate, parseObjectTemplate } from './object-template.ts';
import { ok, type Result, wrong } from './result.ts';

export const directiveName = 'requiresPermission';

/** The identity of the directive in `@link`; the version follows it. */
export const specIdentity = 'https://specs.postern.dev/postern';
/** Version 1.1 has the places for arguments, input fields and values of enums; a composer takes the definition of the highest version. */
export const specUrl = `${specIdentity}/v1.1`;

/** The definition that goes into a subgraph's schema, next to `@link` and `@composeDirective`. */
export const requiresPermissionSDL = `scalar postern__Permission
scalar postern__ObjectRef
scalar postern__OnDeny

directive @requiresPermission(
  permission: postern__Permission!
  object: postern__ObjectRef
  onDeny: postern__OnDeny
) repeatable on FIELD_DEFINITION | OBJECT | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
`;

/** What a federated subgraph writes so that the directive reaches the supergraph. */
export const linkSDL = `extend schema
  @link(url: "${specUrl}", import: ["@${directiveName}"])
  @composeDirective(name: "@${directiveName}")
`;

export const onDenyValues = ['ERROR', 'NULL', 'FILTER'] as const;
export type OnDeny = (typeof onDenyValues)[number];

/** One `@requiresPermission` as it is written. */
export interface RequiresPermission {
  readonly permission: string;
  /** Undefined stands for the entity that the field belongs to. */
  readonly object: ObjectTemplate | undefined;
  readonly onDeny: OnDeny;
  readonly node: DirectiveNode;
}

/** Every application of the directive on a definition, in order; several of them are all needed. */
export function readRequiresPermission(
  directives: readonly DirectiveNode[] | undefined,
): readonly Result<RequiresPermission>[] {
  return (directives ?? []).filter(({ name }) => name.value === directiveName).map(readOne);
}

function readOne(node: DirectiveNode): Result<RequiresPermission> {
  const given = new Map<string, string>();
  for (const { name, value } of node.arguments ?? []) {
    if (!isArgumentName(name.value)) {
      return wrong(`@${directiveName} has no argument "${name.value}"; it takes ${argumentNames.join(', ')}.`);
    }
    if (value.kind === Kind.NULL) continue;
    if (value.kind !== Kind.STRING) return wrong(`"${name.value}" of @${directiveName} must be a string in quotes.`);
    given.set(name.value, value.value);
  }
  const permission = given.get('permission');
  if (permission === undefined || !/^[^\s:#@{}$]+$/u.test(permission)) {
    return wrong(`@${directiveName} needs a permission of the model, as in @${directiveName}(permission: "can_edit").`);
  }
  const onDeny = onDenyValues.find((known) => known === (given.get('onDeny') ?? 'ERROR'));
  if (onDeny === undefined) {
    return wrong(`"onDeny" is "${given.get('onDeny')}"; it can be "ERROR", "NULL" or "FILTER".`);
  }
  const text = given.get('object');
  if (text === undefined) return ok({ permission, object: undefined, onDeny, node });
  const object = parseObjectTemplate(text);
  return object.ok ? ok({ permission, object: object.value, onDeny, node }) : object;
}

const argumentNames = ['permission', 'object', 'onDeny'] as const;

function isArgumentName(name: string): boolean {
  return argumentNames.some((known) => known === name);
}
