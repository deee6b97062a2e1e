import type { CodegenConfig } from '@graphql-codegen/cli';

/** What browsers ask: its scalars are what JSON has for them. */
const ofBrowsers = {
  useTypeImports: true,
  enumsAsTypes: true,
  immutableTypes: true,
  avoidOptionals: { field: true },
  defaultScalarType: 'never',
  scalars: {
    ConsistencyToken: 'string',
    DateTime: 'string',
    JSONObject: 'Record<string, unknown>',
    ObjectRef: 'string',
    SubjectRef: 'string',
  },
};

/** Turns the hand-written schema into types that the resolvers are checked against. */
const config: CodegenConfig = {
  emitLegacyCommonJSImports: false,
  importExtension: '.ts',
  generates: {
    'src/graphql/__generated__/resolver-types.ts': {
      schema: './schema.graphql',
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        federation: true,
        useTypeImports: true,
        enumsAsTypes: true,
        useIndexSignature: false,
        immutableTypes: true,
        contextType: '../request-context.ts#RequestContext',
        mappers: {
          Viewer: '../viewer-parent.ts#ViewerParent',
          AccessRelationship: '../access-relationship.ts#RelationshipParent',
          ChangedRelationship: '../../operations/relationship-record.ts#RelationshipRecord',
          ObjectPermissions: '../object-permissions.ts#ObjectPermissionsParent',
          SubjectOffboarding: '../subject-offboarding.ts#OffboardingParent',
          ObjectRetirement: '../object-retirement.ts#RetirementParent',
          AuthorizationModel: '../authorization-model.ts#ModelParent',
          AuthorizationModelRelation: '../model-relation.ts#ModelRelationParent',
          AccessObjectRole: '../../operations/roles/list-object-roles.ts#ObjectRole',
          AccessProposal: '../../operations/proposals/proposal.ts#Proposal',
          AccessAuditEvent: '../../operations/audit/audit-view.ts#AuditedEvent',
          AccessAuditState: '../../operations/audit/audit-state.ts#AuditState',
        },
        scalars: {
          DateTime: { input: 'Date', output: 'Date | string' },
          JSONObject: { input: 'Record<string, unknown>', output: 'Record<string, unknown>' },
          ObjectRef: { input: '../../model/object-ref.ts#ObjectRef', output: '../scalars.ts#ObjectRefOutput' },
          SubjectRef: { input: '../../model/subject-ref.ts#SubjectRef', output: '../scalars.ts#SubjectRefOutput' },
          ConsistencyToken: {
            input: '../../model/consistency-token.ts#ConsistencyToken',
            output: '../../model/consistency-token.ts#ConsistencyToken',
          },
          postern__Permission: 'string',
          postern__ObjectRef: 'string',
          postern__OnDeny: 'string',
        },
      },
    },
    // What the console asks, as text with the types of its variables and its answer.
    'console/src/ask/__generated__/operations.ts': {
      schema: './schema.graphql',
      documents: 'console/src/**/*.graphql',
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        documentMode: 'string',
        ...ofBrowsers,
      },
    },
    // What the studio asks the gateway, with the types of its variables and its answer. Elsewhere the schema is the gateway's address.
    'examples/creators/studio/src/__generated__/operations.ts': {
      schema: { supergraph: { loader: './examples/creators/studio/load-supergraph.ts' } },
      documents: 'examples/creators/studio/src/**/*.graphql',
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        documentMode: 'documentNode',
        ...ofBrowsers,
      },
    },
  },
};

export default config;
