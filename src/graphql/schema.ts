import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, Kind, parse } from 'graphql';
import { failed, ok, type Result } from '../base/result.ts';
import type { Model } from '../model/model.ts';
import type { Resolvers } from './__generated__/resolver-types.ts';
import { bindEntities, type EntityBinding, type EntitySetting, type ReservedNames } from './entity-binding.ts';
import { entityListResolvers, printEntityLists } from './entity-lists.ts';
import { entityReferenceResolvers, printEntityReferences } from './entity-references.ts';
import { entityResolvers, printEntityTypes } from './entity-types.ts';
import { representationResolver } from './representation-resolver.ts';
import { AccessAuditEvent } from './resolvers/AccessAuditEvent.ts';
import { AccessAuditState } from './resolvers/AccessAuditState.ts';
import { AccessObjectRole } from './resolvers/AccessObjectRole.ts';
import { AccessProposal } from './resolvers/AccessProposal.ts';
import { AccessRelationship } from './resolvers/AccessRelationship.ts';
import { AuthorizationModel } from './resolvers/AuthorizationModel.ts';
import { AuthorizationModelRelation } from './resolvers/AuthorizationModelRelation.ts';
import { ChangedRelationship } from './resolvers/ChangedRelationship.ts';
import { activateAuthorizationModel } from './resolvers/Mutation/activateAuthorizationModel.ts';
import { approveProposal } from './resolvers/Mutation/approveProposal.ts';
import { extendGrant } from './resolvers/Mutation/extendGrant.ts';
import { grantRole } from './resolvers/Mutation/grantRole.ts';
import { offboardSubject } from './resolvers/Mutation/offboardSubject.ts';
import { proposeChange } from './resolvers/Mutation/proposeChange.ts';
import { publishAuthorizationModel } from './resolvers/Mutation/publishAuthorizationModel.ts';
import { rejectProposal } from './resolvers/Mutation/rejectProposal.ts';
import { retireObject } from './resolvers/Mutation/retireObject.ts';
import { revokeRole } from './resolvers/Mutation/revokeRole.ts';
import { transferRole } from './resolvers/Mutation/transferRole.ts';
import { withdrawProposal } from './resolvers/Mutation/withdrawProposal.ts';
import { writeRelationships } from './resolvers/Mutation/writeRelationships.ts';
import { ObjectRetirement } from './resolvers/ObjectRetirement.ts';
import { accessAuditEvent } from './resolvers/Query/accessAuditEvent.ts';
import { accessAuditEvents } from './resolvers/Query/accessAuditEvents.ts';
import { accessibleObjects } from './resolvers/Query/accessibleObjects.ts';
import { accessRelationships } from './resolvers/Query/accessRelationships.ts';
import { accessReview } from './resolvers/Query/accessReview.ts';
import { auditLogHead } from './resolvers/Query/auditLogHead.ts';
import { authorizationModel } from './resolvers/Query/authorizationModel.ts';
import { authorizationModels } from './resolvers/Query/authorizationModels.ts';
import { checkPermissions } from './resolvers/Query/checkPermissions.ts';
import { explainPermission } from './resolvers/Query/explainPermission.ts';
import { findings } from './resolvers/Query/findings.ts';
import { knownObjects } from './resolvers/Query/knownObjects.ts';
import { objectRoles } from './resolvers/Query/objectRoles.ts';
import { proposal } from './resolvers/Query/proposal.ts';
import { proposals } from './resolvers/Query/proposals.ts';
import { simulateChange } from './resolvers/Query/simulateChange.ts';
import { subjectHoldings } from './resolvers/Query/subjectHoldings.ts';
import { subjectsWithAccess } from './resolvers/Query/subjectsWithAccess.ts';
import { viewer } from './resolvers/Query/viewer.ts';
import { SubjectOffboarding } from './resolvers/SubjectOffboarding.ts';
import { accessAuditEventAdded } from './resolvers/Subscription/accessAuditEventAdded.ts';
import { accessChanges } from './resolvers/Subscription/accessChanges.ts';
import { relationshipChanges } from './resolvers/Subscription/relationshipChanges.ts';
import { viewerPermissionsChanged } from './resolvers/Subscription/viewerPermissionsChanged.ts';
import { Viewer } from './resolvers/Viewer.ts';
import { scalarResolvers } from './scalars.ts';
import { shieldSchema } from './shield.ts';

const resolvers: Resolvers = {
  Query: {
    viewer,
    checkPermissions,
    explainPermission,
    accessibleObjects,
    subjectsWithAccess,
    accessRelationships,
    accessReview,
    simulateChange,
    findings,
    knownObjects,
    objectRoles,
    subjectHoldings,
    authorizationModel,
    accessAuditEvent,
    accessAuditEvents,
    auditLogHead,
    authorizationModels,
    proposal,
    proposals,
  },
  Mutation: {
    grantRole,
    revokeRole,
    transferRole,
    extendGrant,
    offboardSubject,
    retireObject,
    writeRelationships,
    publishAuthorizationModel,
    activateAuthorizationModel,
    proposeChange,
    approveProposal,
    rejectProposal,
    withdrawProposal,
  },
  SubjectOffboarding,
  ObjectRetirement,
  Subscription: { relationshipChanges, accessChanges, accessAuditEventAdded, viewerPermissionsChanged },
  Viewer,
  AccessAuditEvent,
  AccessAuditState,
  AccessObjectRole,
  AccessProposal,
  AccessRelationship,
  ChangedRelationship,
  AuthorizationModel,
  AuthorizationModelRelation,
  ...scalarResolvers,
};

/** The subgraph, ready to be served, and its text, ready to be published. */
export interface BuiltSubgraph {
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  readonly bindings: readonly EntityBinding[];
}

/**
 * Joins the hand-written schema with the entities of a model. Without a model there are none, so that a first one can
 * be published. The problems are sentences.
 */
export function buildSubgraph(
  staticSdl: string,
  model: Model | undefined,
  settings: ReadonlyMap<string, EntitySetting>,
): Result<BuiltSubgraph, readonly string[]> {
  const bound = model === undefined ? ok([]) : bindEntities(model, settings, reservedNames(staticSdl));
  if (!bound.ok) return failed(bound.problem);
  try {
    return ok(join(staticSdl, model, bound.value));
  } catch (error) {
    // The names were asked before; if something was forgotten, it is a reason not to publish as well.
    const reason = error instanceof Error ? error.message : String(error);
    return failed([`The schema with the types of the model cannot be built: ${reason}`]);
  }
}

function join(staticSdl: string, model: Model | undefined, bindings: readonly EntityBinding[]): BuiltSubgraph {
  const sdl = `${staticSdl}\n${printEntityTypes(bindings)}\n${printEntityLists(bindings)}\n${printEntityReferences(bindings)}`;
  const typeDefs = parse(sdl);
  // What a composer fetches is, to the byte, what `postern schema` prints.
  const _service = () => ({ sdl });
  const references = entityReferenceResolvers(model, bindings);
  const Query = { ...resolvers.Query, ...references, _service, _entities: representationResolver(bindings) };
  const lists = { Viewer: { ...Viewer, ...entityListResolvers(bindings) } };
  const complete = { ...resolvers, ...entityResolvers(bindings), ...lists, Query };
  const built = buildSubgraphSchema([{ typeDefs, resolvers: complete as never }]);
  return { schema: shieldSchema(built, bindings), sdl, bindings };
}

/** The names that the hand-written schema takes, GraphQL's and federation's own included. */
function reservedNames(sdl: string): ReservedNames {
  const { definitions } = parse(sdl);
  const names = definitions.flatMap((one) => ('name' in one && one.name?.kind === Kind.NAME ? [one.name.value] : []));
  const viewerFields = definitions.flatMap((one) =>
    one.kind === Kind.OBJECT_TYPE_DEFINITION && one.name.value === 'Viewer' ? (one.fields ?? []) : [],
  );
  const builtIn = [
    'AccessEntity',
    'String',
    'Int',
    'Float',
    'Boolean',
    'ID',
    'Query',
    'Mutation',
    'Subscription',
    'FieldSet',
  ];
  return {
    types: new Set([...names, ...builtIn]),
    viewerFields: new Set(viewerFields.map(({ name }) => name.value)),
  };
}
