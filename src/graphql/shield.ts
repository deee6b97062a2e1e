import { type GraphQLFieldResolver, GraphQLObjectType, GraphQLSchema, GraphQLString, isObjectType } from 'graphql';
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
      accessAuditEvents: authenticated,
      authorizationModels: authenticated,
    },
  ],
  [
    'Mutation',
    {
      grantRole: authenticated,
      revokeRole: authenticated,
      transferRole: authenticated,
      extendGrant: authenticated,
      offboardSubject: authenticated,
      writeRelationships: authenticated,
      publishAuthorizationModel: authenticated,
      activateAuthorizationModel: authenticated,
    },
  ],
  ['Subscription', { relationshipChanges: authenticated, viewerPermissionsChanged: authenticated }],
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
  ['AccessAuditEventConnection', allow],
  ['AccessAuditEventEdge', allow],
  ['AccessAuditEvent', allow],
  ['AccessAuditState', allow],
  ['AccessAuditRelationship', allow],
  ['AccessAuditRead', allow],
  ['AuthorizationModelConnection', allow],
  ['AuthorizationModelEdge', allow],
  ['AuthorizationModelDiff', allow],
  ['AuthorizationModelChange', allow],
  ['AuthorizationModelImpact', allow],
  ['AuthorizationPermissionName', allow],
  ['AuthorizationPermissionImpact', allow],
  ['AuthorizationImpactCount', allow],
  ['AuthorizationImpactExample', allow],
  ['AuthorizationIgnoredRelationships', allow],
  ['GrantRolePayload', allow],
  ['RevokeRolePayload', allow],
  ['TransferRolePayload', allow],
  ['ExtendGrantPayload', allow],
  ['OffboardSubjectPayload', allow],
  ['SubjectOffboarding', allow],
  ['OrphanedRoleConnection', allow],
  ['OrphanedRoleEdge', allow],
  ['OrphanedRole', allow],
  ['WriteRelationshipsPayload', allow],
  ['PublishAuthorizationModelPayload', allow],
  ['ActivateAuthorizationModelPayload', allow],
  ['AccessUserError', allow],
  ['RelationshipChanges', allow],
  ['RelationshipChange', allow],
  ['ChangedRelationship', allow],
]);

/** The types of the schema that the bindings add to it. */
export function boundTypes(bindings: readonly EntityBinding[]): ReadonlySet<string> {
  return new Set(bindings.flatMap(typeNamesOf));
}

/** The rule of a field, or undefined when nobody gave it one; such a field is denied. `bound` are the `boundTypes`. */
export function ruleOf(type: string, field: string, bound: ReadonlySet<string>): Rule | undefined {
  // What a viewer may do with an entity is the viewer's own to know, and null without a viewer.
  if (bound.has(type)) return allow;
  const ofType = rules.get(type);
  if (ofType === undefined || isRule(ofType)) return ofType;
  return Object.hasOwn(ofType, field) ? ofType[field] : undefined;
}

/**
 * Guards a built schema. Fields that are simply allowed stay unwrapped, because a wrapper around each of a page's leaves
 * would double the cost of the page; all others keep their guard.
 */
export function shieldSchema(schema: GraphQLSchema, bindings: readonly EntityBinding[]): GraphQLSchema {
  const bound = boundTypes(bindings);
  const tree: Record<string, Record<string, Rule>> = {};
  for (const [type, field] of fieldsOf(schema)) {
    const rule = ruleOf(type, field, bound) ?? deny;
    if (rule !== allow) tree[type] = Object.assign(tree[type] ?? {}, { [field]: rule });
  }
  const options = { fallbackRule: deny, allowExternalErrors: true, fallbackError: unauthenticated('Not allowed.') };
  const guards = shield(tree, options).generate(outlineOf(tree)) as Record<string, Record<string, unknown>>;
  return guardSubscribe(applyMiddleware(schema, guards as never), guards.Subscription ?? {});
}

/**
 * A schema of the types and fields that get a guard. graphql-shield takes the square of the types that it is shown, which a
 * model may have thousands of, and looks at nothing but their names.
 */
function outlineOf(tree: Readonly<Record<string, Readonly<Record<string, Rule>>>>): GraphQLSchema {
  const types = Object.entries(tree).map(([name, rules]) => {
    const fields = Object.keys(rules).map((field) => [field, { type: GraphQLString }]);
    return new GraphQLObjectType({ name, fields: Object.fromEntries(fields) });
  });
  return new GraphQLSchema({ types });
}

/**
 * Guards the start of each subscription. graphql-middleware would guard only what makes an answer of an event, where a field
 * has both, so that a stream would already be open for those who may not see it.
 */
function guardSubscribe(schema: GraphQLSchema, guards: Readonly<Record<string, unknown>>): GraphQLSchema {
  for (const [name, field] of Object.entries(schema.getSubscriptionType()?.getFields() ?? {})) {
    const generated = guards[name] as Guard | { readonly resolve: Guard };
    const guard = typeof generated === 'function' ? generated : generated.resolve;
    const subscribe = field.subscribe ?? (() => undefined);
    field.subscribe = (parent, args, context, info) =>
      guard(() => subscribe(parent, args, context, info), parent, args, context, info);
  }
  return schema;
}

/** A rule as graphql-shield generates it: calls the resolver, or returns the error that it is denied with. */
type Guard = (resolve: () => unknown, ...given: Parameters<GraphQLFieldResolver<unknown, RequestContext>>) => unknown;

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
