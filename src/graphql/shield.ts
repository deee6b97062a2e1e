import { type GraphQLSchema, isObjectType } from 'graphql';
import type { EntityBinding } from './entity-binding.ts';
import { typeNamesOf } from './entity-binding.ts';
import { unauthenticated } from './errors.ts';
import type { RequestContext } from './request-context.ts';
import { applyMiddleware, shieldKit } from './shield-kit.ts';

const { allow, deny, rule, shield } = shieldKit;

/** The rules of graphql-shield that are used here; `not`, `chain` and `race` fail open or always, and never are. */
type Rule = typeof allow | typeof authenticated;
type FieldRules = Rule | Readonly<Record<string, Rule>>;

/** Somebody with a verified token. What exactly they may do is the operation's to decide, in its own snapshot. */
const authenticated = rule('authenticated', { cache: 'no_cache' })(
  (_parent: unknown, _args: unknown, { viewer }: RequestContext) => viewer !== null || unauthenticated(),
);

/**
 * The rule of every field. A type without an entry, and a field that its type's entry does not name, is denied; a test
 * holds this table against the built schema.
 */
const rules: ReadonlyMap<string, FieldRules> = new Map<string, FieldRules>([
  [
    'Query',
    {
      _service: allow,
      _entities: allow,
      viewer: allow,
      checkPermissions: authenticated,
      explainPermission: authenticated,
      accessibleObjects: authenticated,
      subjectsWithAccess: authenticated,
      accessRelationships: authenticated,
      accessReview: authenticated,
      authorizationModel: authenticated,
    },
  ],
  [
    'Mutation',
    {
      grantRole: authenticated,
      revokeRole: authenticated,
      writeRelationships: authenticated,
      publishAuthorizationModel: authenticated,
      activateAuthorizationModel: authenticated,
    },
  ],
  // Whoever holds one of these objects was let through to it by a field above.
  ['_Service', allow],
  ['Viewer', allow],
  ['ObjectPermissions', allow],
  ['UndecidedPermission', allow],
  ['PermissionDecision', allow],
  ['DecisionError', allow],
  ['CheckPermissionsPayload', allow],
  ['PermissionExplanation', allow],
  ['ExplanationStep', allow],
  ['SufficientRole', allow],
  ['AccessibleObjectConnection', allow],
  ['AccessibleObjectEdge', allow],
  ['UndecidedObject', allow],
  ['AccessSubjectConnection', allow],
  ['AccessSubjectEdge', allow],
  ['UndecidedSubject', allow],
  ['AccessRelationshipConnection', allow],
  ['AccessRelationshipEdge', allow],
  ['AccessReviewConnection', allow],
  ['AccessReviewEdge', allow],
  ['AccessReviewEntry', allow],
  ['PageInfo', allow],
  ['AccessRelationship', allow],
  ['AccessCondition', allow],
  ['AuthorizationModel', allow],
  ['GrantRolePayload', allow],
  ['RevokeRolePayload', allow],
  ['WriteRelationshipsPayload', allow],
  ['PublishAuthorizationModelPayload', allow],
  ['ActivateAuthorizationModelPayload', allow],
  ['AccessUserError', allow],
]);

/** The rule of a field, or undefined when nobody gave it one; such a field is denied. */
export function ruleOf(type: string, field: string, bindings: readonly EntityBinding[]): Rule | undefined {
  // What a viewer may do with an entity is the viewer's own to know, and null without a viewer.
  if (bindings.some((binding) => typeNamesOf(binding).includes(type))) return allow;
  const ofType = rules.get(type);
  if (ofType === undefined || isRule(ofType)) return ofType;
  return Object.hasOwn(ofType, field) ? ofType[field] : undefined;
}

/**
 * Guards a built schema. Fields that are simply allowed stay unwrapped, because a wrapper around each of a page's leaves
 * would double the cost of the page; all others keep their guard.
 */
export function shieldSchema(schema: GraphQLSchema, bindings: readonly EntityBinding[]): GraphQLSchema {
  const tree: Record<string, Record<string, Rule>> = {};
  for (const [type, field] of fieldsOf(schema)) {
    tree[type] = { ...tree[type], [field]: ruleOf(type, field, bindings) ?? deny };
  }
  const options = { fallbackRule: deny, allowExternalErrors: true, fallbackError: unauthenticated('Not allowed.') };
  const guards: Record<string, Record<string, unknown>> = {};
  const generated = shield(tree, options).generate(schema) as Record<string, Record<string, unknown>>;
  for (const [type, field] of fieldsOf(schema)) {
    if (tree[type]?.[field] === allow) continue;
    guards[type] = { ...guards[type], [field]: generated[type]?.[field] };
  }
  return applyMiddleware(schema, guards as never);
}

/** Every field of every object type that is the schema's own. */
export function fieldsOf(schema: GraphQLSchema): readonly (readonly [type: string, field: string])[] {
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__')
      ? Object.keys(type.getFields()).map((field) => [type.name, field] as const)
      : [],
  );
}

function isRule(rules: FieldRules): rules is Rule {
  return rules === allow || rules === authenticated;
}
