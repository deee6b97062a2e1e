import { readFileSync } from 'node:fs';
import { composeServices as composeWithApollo } from '@apollo/composition';
import { composeServices as composeWithGuild } from '@theguild/federation-composition';
import { buildSchema, type DocumentNode, GraphQLError, isObjectType, parse, print } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildCreatorsSubgraph } from '../support/creators-subgraph.ts';
import { type CrowdedParts, crowdedSdl, pageInfoOf } from './support/crowded.ts';

interface Composed {
  readonly errors: readonly GraphQLError[];
  readonly supergraph: string;
}

type Subgraphs = Readonly<Record<string, string>>;

const composers = {
  '@apollo/composition': (subgraphs: Subgraphs): Composed => {
    try {
      const { errors = [], supergraphSdl = '' } = composeWithApollo(definitions(subgraphs));
      return { errors, supergraph: supergraphSdl };
    } catch (error) {
      // It throws where a member of a union is something else in another subgraph.
      if (!(error instanceof GraphQLError)) throw error;
      return { errors: [error], supergraph: '' };
    }
  },
  '@theguild/federation-composition': (subgraphs: Subgraphs): Composed => {
    const { errors = [], supergraphSdl = '' } = composeWithGuild(definitions(subgraphs));
    return { errors, supergraph: supergraphSdl };
  },
};

function definitions(subgraphs: Subgraphs): { name: string; url: string; typeDefs: DocumentNode }[] {
  return Object.entries(subgraphs).map(([name, sdl]) => ({ name, url: `http://${name}`, typeDefs: parse(sdl) }));
}

const creators = Object.fromEntries(
  ['music', 'podcasts', 'audiobooks'].map((name) => [
    name,
    readFileSync(`examples/creators/supergraph/${name}/schema.graphql`, 'utf8'),
  ]),
);
let postern: string;

beforeAll(async () => {
  postern = (await buildCreatorsSubgraph()).sdl;
});

/** What a field of the supergraph carries, as text. */
function directivesOf(supergraph: string, type: string, field: string): readonly string[] {
  const definition = buildSchema(supergraph, { assumeValidSDL: true }).getType(type);
  const node = isObjectType(definition) ? definition.getFields()[field]?.astNode : undefined;
  return node?.directives?.map((directive) => print(directive)) ?? [];
}

/** The subgraphs that resolve a field of the supergraph. */
function resolversOf(supergraph: string, type: string, field: string): readonly string[] {
  return directivesOf(supergraph, type, field).flatMap((text) => /^@join__field\(graph: (\w+)/.exec(text)?.[1] ?? []);
}

describe.each(Object.entries(composers))('%s', (_name, compose) => {
  const composeCrowded = (parts: CrowdedParts, sdl = postern) =>
    compose({ ...creators, crowded: crowdedSdl(parts), postern: sdl });

  test('composes Postern alone', () => {
    expect(compose({ postern }).errors).toEqual([]);
  });

  test("adds permissions to the entities of the creators' subgraphs", () => {
    const { errors, supergraph } = compose({ ...creators, postern });
    expect(errors).toEqual([]);
    const owners = {
      Artist: 'name',
      Album: 'title',
      Track: 'title',
      Show: 'title',
      Episode: 'title',
      Audiobook: 'title',
    };
    for (const [entity, field] of Object.entries(owners)) {
      expect(resolversOf(supergraph, entity, 'permissions')).toEqual(['POSTERN']);
      expect(resolversOf(supergraph, entity, field)).not.toContain('POSTERN');
    }
    expect(supergraph).toContain('type TrackPermissions');
  });

  test('fits into a crowded supergraph', () => {
    const { errors, supergraph } = composeCrowded({});
    expect(errors).toEqual([]);
    expect(resolversOf(supergraph, 'Query', 'viewer').toSorted()).toEqual(['CROWDED', 'POSTERN']);
    expect(resolversOf(supergraph, 'Viewer', 'can')).toEqual(['POSTERN']);
    expect(resolversOf(supergraph, 'Viewer', 'name')).toEqual(['CROWDED']);
    expect(resolversOf(supergraph, 'Track', 'permissions')).toEqual(['POSTERN']);
    expect(resolversOf(supergraph, 'Track', 'royalties')).toEqual(['CROWDED']);
  });

  test('keeps the guards and what they say', () => {
    const { supergraph } = composeCrowded({});
    expect(supergraph).toContain(
      '@link(url: "https://specs.postern.dev/postern/v1.0", import: ["@requiresPermission"])',
    );
    expect(supergraph).toContain('directive @requiresPermission(');
    expect(directivesOf(supergraph, 'Track', 'royalties')).toContain(
      '@requiresPermission(permission: "can_view_royalties", onDeny: "NULL")',
    );
    expect(directivesOf(supergraph, 'Mutation', 'retitleTrack')).toContain(
      '@requiresPermission(permission: "can_edit", object: "track:{$args.id}")',
    );
  });

  test.each([
    ['Mutation', 'grantRole', true],
    ['Mutation', 'activateAuthorizationModel', true],
    ['Query', 'accessRelationships', true],
    ['Query', 'accessReview', true],
    ['Query', 'authorizationModel', true],
    ['Query', 'objectRoles', true],
    ['Query', 'simulateChange', true],
    ['Query', 'findings', true],
    ['Query', 'proposal', true],
    ['Query', 'proposals', true],
    ['Mutation', 'proposeChange', true],
    ['Mutation', 'approveProposal', true],
    ['Mutation', 'rejectProposal', true],
    ['Mutation', 'withdrawProposal', true],
    ['Query', 'knownObjects', true],
    ['Query', 'subjectHoldings', true],
    ['Query', 'accessAuditEvent', true],
    ['Query', 'auditLogHead', true],
    ['Query', 'accessEntities', false],
    ['Query', 'accessEntityTypes', false],
    ['Subscription', 'relationshipChanges', true],
    ['Subscription', 'viewerPermissionsChanged', false],
    ['Query', 'viewer', false],
    ['Query', 'checkPermissions', false],
  ])('%s.%s is marked as administration: %s', (type, field, isMarked) => {
    const directives = directivesOf(compose({ postern }).supergraph, type, field);
    expect(directives.includes('@tag(name: "postern-admin")')).toBe(isMarked);
  });

  const fitting: Record<string, CrowdedParts> = {
    'a viewer that is never null': { viewerField: 'viewer: Viewer! @shareable' },
    'a viewer with a key': { viewerType: 'type Viewer @key(fields: "id") { id: ID! name: String }' },
    'a viewer whose type is shareable': { viewerType: 'type Viewer @shareable { name: String }' },
    'a viewer without any field of ours': { viewerType: 'type Viewer { inbox: [String!]! user: User }' },
    'a page info with stricter cursors': { pageInfo: pageInfoOf('@shareable', 'endCursor: String!') },
    'a mutation of its own with our word': {
      more: 'extend type Mutation { grantAccess(input: GrantAccessInput!): Boolean } input GrantAccessInput { user: ID! }',
    },
  };

  test.each(Object.entries(fitting))('fits %s', (_what, parts) => {
    expect(composeCrowded(parts).errors).toEqual([]);
  });

  // What a supergraph has to change first; the composer says it, and never composes something else.
  const refused: Record<string, readonly [CrowdedParts, string]> = {
    'a viewer that is not shareable': [{ viewerField: 'viewer: Viewer' }, 'INVALID_FIELD_SHARING'],
    'a viewer that is an interface': [{ viewerType: 'interface Viewer { name: String }' }, 'TYPE_KIND_MISMATCH'],
    'a second way to the viewer': [
      { more: 'type Session { viewer: Viewer! } extend type Query { session: Session }' },
      'SATISFIABILITY_ERROR',
    ],
    'a page info that is not shareable': [{ pageInfo: pageInfoOf('') }, 'INVALID_FIELD_SHARING'],
    'a page info with more than Relay has': [
      { pageInfo: pageInfoOf('@shareable', 'endCursor: String total: Int') },
      'SATISFIABILITY_ERROR',
    ],
    'permissions of its own on our entity': [
      { more: 'extend type Track { permissions: [String!]! }' },
      'INVALID_FIELD_SHARING',
    ],
    'a role that is an enum': [
      { more: 'enum Role { ADMIN }' },
      expect.stringMatching(/^(?:TYPE_KIND_MISMATCH|INVALID_GRAPHQL)$/),
    ],
    'a team with another key': [
      { more: 'type Team @key(fields: "slug") { slug: ID! } extend type Query { team: Team }' },
      'SATISFIABILITY_ERROR',
    ],
  };

  test.each(Object.entries(refused))('refuses %s', (_what, [parts, code]) => {
    expect(composeCrowded(parts).errors.map(({ extensions }) => extensions.code)).toContainEqual(code);
  });

  test('fits names that are taken, once they are left out or bound by another key', async () => {
    const more = 'enum Role { ADMIN } type Team @key(fields: "slug") { slug: ID! } extend type Query { team: Team }';
    const entities = { role: false, team: { key: 'slug' }, label: { name: 'RecordLabel' } } as const;
    const { sdl } = await buildCreatorsSubgraph({ entities });
    const { errors, supergraph } = composeCrowded({ more }, sdl);
    expect(errors).toEqual([]);
    expect(resolversOf(supergraph, 'Team', 'permissions')).toEqual(['POSTERN']);
    expect(resolversOf(supergraph, 'RecordLabel', 'permissions')).toEqual([]);
    expect(supergraph).toContain('type RecordLabelPermissions');
  });
});
