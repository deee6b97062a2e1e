import { expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { codesOf, usePosternServer } from '../support/postern-server.ts';
import { office } from './support/office.ts';

const server = usePosternServer(useDatabase(), { store: office });

const ask = (query: string, as = 'service:ops') => server().ask(query, { as });

/** A folder that nothing is stored about, and somebody who edits it for the length of one question. */
const given =
  'contextualRelationships: [{ object: "folder:new", relation: "editor", subject: "user:new" }, { object: "document:new", relation: "folder", subject: "folder:new" }]';
const objects =
  'accessibleObjects(subject: "user:new", permission: "can_edit", type: "document", ARGS) { edges { node cursor } pageInfo { endCursor } }';
const subjects =
  'subjectsWithAccess(object: "document:new", permission: "can_edit", subjectType: "user", ARGS) { edges { node } }';
const explanation =
  'explainPermission(subject: "user:new", permission: "can_edit", object: "document:new", ARGS) { decision { allowed } }';

const asking = (field: string, args: string) => `{ ${field.replace('ARGS', args)} }`;

test.each([
  ['accessibleObjects', objects, { edges: [{ node: 'document:new' }] }],
  ['subjectsWithAccess', subjects, { edges: [{ node: 'user:new' }] }],
  ['explainPermission', explanation, { decision: { allowed: true } }],
])('%s counts the relationships that come with it', async (name, field, expected) => {
  const answer = await ask(asking(field, given));
  expect(answer.errors).toEqual([]);
  expect(answer.data).toMatchObject({ [name]: expected });
});

const one = (subject: string) => `{ object: "document:new", relation: "can_edit", subject: "${subject}" }`;

test.each([
  ['what the model does not admit', `contextualRelationships: [${one('user:new')}]`, 'BAD_USER_INPUT'],
  [
    'too many',
    `contextualRelationships: [${Array.from({ length: 101 }, (_, n) => one(`user:${n}`)).join()}]`,
    'BAD_USER_INPUT',
  ],
])('every question refuses %s', async (_what, args, code) => {
  for (const field of [objects, subjects, explanation]) {
    expect(codesOf(await ask(asking(field, args)))).toEqual([code]);
  }
});

test('a cursor of a question with relationships is not one for the question without', async () => {
  const page = await ask(asking(objects, given));
  const { endCursor } = (page.data as { accessibleObjects: { pageInfo: { endCursor: string } } }).accessibleObjects
    .pageInfo;
  expect((await ask(asking(objects, `${given}, after: "${endCursor}"`))).errors).toEqual([]);
  expect(codesOf(await ask(asking(objects, `after: "${endCursor}"`)))).toEqual(['BAD_USER_INPUT']);
});
