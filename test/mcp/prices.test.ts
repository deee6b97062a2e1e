import { expect, test } from 'vitest';
import { fieldPrices } from '../../src/graphql/field-price.ts';
import { tools } from '../../src/mcp/tools.ts';

const relationship = { object: 'folder:1', relation: 'viewer', subject: 'user:ann' };
const changed = { writes: [relationship, relationship], deletes: [relationship] };
const asked = { permission: 'can_view', object: 'folder:1' };

/** A call, and the fields of GraphQL that it asks for, with their arguments. */
const prices: readonly (readonly [tool: string, sent: object, fields: Readonly<Record<string, object>>])[] = [
  ['explain_access', asked, { 'Query.explainPermission': asked }],
  ['list_objects', { permission: 'can_view', type: 'folder', first: 7 }, { 'Query.accessibleObjects': { first: 7 } }],
  ['list_objects', { permission: 'can_view', type: 'folder' }, { 'Viewer.objects': {} }],
  ['list_subjects', { ...asked, subjectType: 'user', first: 7 }, { 'Query.subjectsWithAccess': { first: 7 } }],
  ['review_access', { object: 'folder:1' }, { 'Query.accessReview': {} }],
  ['list_relationships', { first: 100 }, { 'Query.accessRelationships': { first: 100 } }],
  ['read_audit', {}, { 'Query.accessAuditEvents': {} }],
  ['describe_model', {}, { 'Query.authorizationModel': {}, 'AuthorizationModel.types': {} }],
  ['find_findings', { object: 'folder:1', first: 3 }, { 'Query.findings': { first: 3 } }],
  ['simulate_change', changed, { 'Query.simulateChange': { input: changed } }],
  ['get_proposal', { id: '7' }, { 'Query.proposal': {} }],
  [
    'propose_change',
    { ...changed, reason: 'why' },
    { 'Mutation.proposeChange': { input: changed }, 'AccessProposal.simulation': {} },
  ],
  ['withdraw_proposal', { id: '7' }, { 'Mutation.withdrawProposal': {} }],
];

test.each(prices)('%s %j is charged as GraphQL charges it', (name, sent, fields) => {
  const read = tools.find((tool) => tool.name === name)?.read(sent);
  const ofGraphql = Object.entries(fields).map(
    ([field, args]) => fieldPrices.get(field)?.points({ ...args }) ?? Number.NaN,
  );
  expect(read?.ok && read.value.points).toBe(ofGraphql.reduce((sum, points) => sum + points, 0));
});

test('every tool but the one that checks has a price here', () => {
  const priced = new Set(prices.map(([name]) => name));
  expect(tools.map(({ name }) => name).filter((name) => !priced.has(name))).toEqual(['check_access']);
});

test('no tool but two says that it changes anything, and only those need the right to propose', () => {
  const changing = tools.filter(({ hints }) => !hints.readOnlyHint).map(({ name }) => name);
  expect(changing).toEqual(['propose_change', 'withdraw_proposal']);
  expect(tools.filter(({ needs }) => needs === 'propose').map(({ name }) => name)).toEqual(changing);
});
