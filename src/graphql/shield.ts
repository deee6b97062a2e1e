import { type GraphQLFieldResolver, GraphQLObjectType, GraphQLSchema, GraphQLString, isObjectType } from 'graphql';
import { isRecord } from '../base/canonical-json.ts';
import { invariant } from '../base/invariant.ts';
import type { EntityBinding } from './entity-binding.ts';
import { typeNamesOf } from './entity-binding.ts';
import { unauthenticated } from './errors.ts';
import type { RequestContext } from './request-context.ts';
import { applyMiddleware, shieldKit } from './shield-kit.ts';

const { allow, deny, rule, shield } = shieldKit;

/** The rules of graphql-shield that are used here; `not`, `chain` and `race` fail open or always, and never are. */
type Rule = typeof allow | typeof signedIn;

/**
 * Whom a field answers. Anybody: callers without a token as well. Signed in: whoever has a verified token, if only about
 * themselves. Entitled: those with a token to whom the model gives a right; a token alone never gets an answer.
 */
export type FieldAudience = 'anybody' | 'signed in' | 'entitled';

const signedIn = rule('signed in', { cache: 'no_cache' })(
  (_parent: unknown, _args: unknown, { viewer }: RequestContext) => viewer !== null || unauthenticated(),
);

/** Which right it is, and who has it, the operation asks in its own snapshot: nothing is decided here that it could contradict. */
const rules: Readonly<Record<FieldAudience, Rule>> = { anybody: allow, 'signed in': signedIn, entitled: signedIn };

/**
 * Who may reach each field. A type without an entry, and a field that its type's entry does not name, is denied; a test
 * holds this table against the built schema, and another one against what every kind of caller really gets.
 */
const audiences: ReadonlyMap<string, FieldAudience | Readonly<Record<string, FieldAudience>>> = new Map<
  string,
  FieldAudience | Readonly<Record<string, FieldAudience>>
>([
  [
    'Query',
    {
      _service: 'anybody',
      _entities: 'anybody',
      viewer: 'anybody',
      checkPermissions: 'entitled',
      explainPermission: 'signed in',
      accessibleObjects: 'entitled',
      subjectsWithAccess: 'entitled',
      accessRelationships: 'entitled',
      accessEntities: 'signed in',
      accessEntityTypes: 'signed in',
      accessReview: 'entitled',
      simulateChange: 'entitled',
      findings: 'entitled',
      knownObjects: 'signed in',
      objectRoles: 'entitled',
      subjectHoldings: 'entitled',
      authorizationModel: 'entitled',
      accessAuditEvent: 'entitled',
      accessAuditEvents: 'entitled',
      auditLogHead: 'entitled',
      authorizationModels: 'entitled',
      proposal: 'signed in',
      proposals: 'signed in',
    },
  ],
  [
    'Mutation',
    {
      grantRole: 'entitled',
      revokeRole: 'entitled',
      transferRole: 'entitled',
      extendGrant: 'entitled',
      offboardSubject: 'entitled',
      retireObject: 'entitled',
      writeRelationships: 'entitled',
      publishAuthorizationModel: 'entitled',
      activateAuthorizationModel: 'entitled',
      proposeChange: 'entitled',
      approveProposal: 'entitled',
      rejectProposal: 'entitled',
      withdrawProposal: 'entitled',
    },
  ],
  [
    'Subscription',
    {
      relationshipChanges: 'entitled',
      accessChanges: 'entitled',
      accessAuditEventAdded: 'entitled',
      viewerPermissionsChanged: 'signed in',
    },
  ],
  // Whoever holds one of these objects was let through to it by a field above.
  ['_Service', 'anybody'],
  ['Viewer', 'anybody'],
  ['ObjectPermissions', 'anybody'],
  ['UndecidedPermission', 'anybody'],
  ['PermissionDecision', 'anybody'],
  ['PermissionFingerprint', 'anybody'],
  ['DecisionError', 'anybody'],
  ['CheckPermissionsPayload', 'anybody'],
  ['PermissionExplanation', 'anybody'],
  ['ExplanationStep', 'anybody'],
  ['ExplanationPart', 'anybody'],
  ['SufficientRole', 'anybody'],
  ['AccessibleObjectConnection', 'anybody'],
  ['AccessibleObjectEdge', 'anybody'],
  ['UndecidedObject', 'anybody'],
  ['AccessSubjectConnection', 'anybody'],
  ['AccessSubjectEdge', 'anybody'],
  ['UndecidedSubject', 'anybody'],
  ['AccessRelationshipConnection', 'anybody'],
  ['AccessRelationshipEdge', 'anybody'],
  ['AccessReviewConnection', 'anybody'],
  ['AccessReviewEdge', 'anybody'],
  ['AccessReviewEntry', 'anybody'],
  ['AccessKnownObjectConnection', 'anybody'],
  ['SubjectHoldingConnection', 'anybody'],
  ['SubjectHoldingEdge', 'anybody'],
  ['SubjectHolding', 'anybody'],
  ['AccessEntityType', 'anybody'],
  ['AccessObjectRole', 'anybody'],
  ['AccessRoleSubject', 'anybody'],
  ['AccessRoleSheet', 'anybody'],
  ['AccessRoleSheetEntry', 'anybody'],
  ['AccessViewerObjectConnection', 'anybody'],
  ['PageInfo', 'anybody'],
  ['AccessRelationship', 'anybody'],
  ['AccessCondition', 'anybody'],
  ['AuthorizationModel', 'anybody'],
  ['AuthorizationModelModule', 'anybody'],
  ['AuthorizationModelType', 'anybody'],
  ['AuthorizationModelRelation', 'anybody'],
  ['AuthorizationModelCondition', 'anybody'],
  ['AuthorizationModelParameter', 'anybody'],
  ['AccessAuditEventConnection', 'anybody'],
  ['AccessAuditEventEdge', 'anybody'],
  ['AccessAuditEvent', 'anybody'],
  ['AccessAuditLogHead', 'anybody'],
  ['AccessAuditState', 'anybody'],
  ['AccessAuditRelationship', 'anybody'],
  ['AccessAuditRead', 'anybody'],
  ['AuthorizationModelConnection', 'anybody'],
  ['AuthorizationModelEdge', 'anybody'],
  ['AuthorizationModelDiff', 'anybody'],
  ['AuthorizationModelChange', 'anybody'],
  ['AuthorizationModelImpact', 'anybody'],
  ['AuthorizationPermissionName', 'anybody'],
  ['AuthorizationPermissionImpact', 'anybody'],
  ['AuthorizationImpactCount', 'anybody'],
  ['AuthorizationImpactExample', 'anybody'],
  ['AuthorizationIgnoredRelationships', 'anybody'],
  ['GrantRolePayload', 'anybody'],
  ['RevokeRolePayload', 'anybody'],
  ['TransferRolePayload', 'anybody'],
  ['ExtendGrantPayload', 'anybody'],
  ['OffboardSubjectPayload', 'anybody'],
  ['SubjectOffboarding', 'anybody'],
  ['RetireObjectPayload', 'anybody'],
  ['ObjectRetirement', 'anybody'],
  ['OrphanedRoleConnection', 'anybody'],
  ['OrphanedRoleEdge', 'anybody'],
  ['OrphanedRole', 'anybody'],
  ['AccessPreview', 'anybody'],
  ['AccessPreviewCount', 'anybody'],
  ['AccessPreviewExample', 'anybody'],
  ['AccessPreviewSubject', 'anybody'],
  ['AccessPreviewBelow', 'anybody'],
  ['AccessPreviewWay', 'anybody'],
  ['AccessSimulation', 'anybody'],
  ['AccessFindingConnection', 'anybody'],
  ['AccessFindingEdge', 'anybody'],
  ['AccessFinding', 'anybody'],
  ['AccessChange', 'anybody'],
  ['AccessEscalations', 'anybody'],
  ['AccessEscalation', 'anybody'],
  ['AccessToxicPairs', 'anybody'],
  ['AccessToxicPair', 'anybody'],
  ['WriteRelationshipsPayload', 'anybody'],
  ['PublishAuthorizationModelPayload', 'anybody'],
  ['ActivateAuthorizationModelPayload', 'anybody'],
  ['ProposeChangePayload', 'anybody'],
  ['ApproveProposalPayload', 'anybody'],
  ['EndProposalPayload', 'anybody'],
  ['AccessProposal', 'anybody'],
  ['AccessProposedModel', 'anybody'],
  ['AccessProposedPrecondition', 'anybody'],
  ['AccessProposedModelPreview', 'anybody'],
  ['AccessProposalConnection', 'anybody'],
  ['AccessProposalEdge', 'anybody'],
  ['AccessUserError', 'anybody'],
  ['AuthorizationModelPlace', 'anybody'],
  ['RelationshipChanges', 'anybody'],
  ['RelationshipChange', 'anybody'],
  ['ChangedRelationship', 'anybody'],
]);

/** The types of the schema that the bindings add to it. */
export function boundTypes(bindings: readonly EntityBinding[]): ReadonlySet<string> {
  return new Set(bindings.flatMap(typeNamesOf));
}

/** Who may audience a field, or undefined when nobody said so; such a field is denied. `bound` are the `boundTypes`. */
export function audienceOf(type: string, field: string, bound: ReadonlySet<string>): FieldAudience | undefined {
  // What a viewer may do with an entity is the viewer's own to know, and null without a viewer.
  if (bound.has(type)) return 'anybody';
  const ofType = audiences.get(type);
  if (ofType === undefined || typeof ofType === 'string') return ofType;
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
    const audience = audienceOf(type, field, bound);
    if (audience === 'anybody') continue;
    tree[type] = Object.assign(tree[type] ?? {}, { [field]: audience === undefined ? deny : rules[audience] });
  }
  const options = { fallbackRule: deny, allowExternalErrors: true, fallbackError: unauthenticated('Not allowed.') };
  const guards = shield(tree, options).generate(outlineOf(tree));
  return guardSubscribe(applyMiddleware(schema, guards), Reflect.get(guards, 'Subscription'));
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
function guardSubscribe(schema: GraphQLSchema, guards: unknown): GraphQLSchema {
  for (const [name, field] of Object.entries(schema.getSubscriptionType()?.getFields() ?? {})) {
    const guard = guardOf(isRecord(guards) ? guards[name] : undefined);
    const subscribe = field.subscribe ?? (() => undefined);
    field.subscribe = (parent, args, context, info) =>
      guard(() => subscribe(parent, args, context, info), parent, args, context, info);
  }
  return schema;
}

function guardOf(generated: unknown): Guard {
  const guard: unknown = isRecord(generated) ? generated.resolve : generated;
  invariant(typeof guard === 'function', 'graphql-shield makes a guard for each subscription');
  return (...given) => Reflect.apply(guard, undefined, given);
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
