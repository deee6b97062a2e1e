import { beforeAll, describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { dsl } from '../support/parse.ts';
import { publish, write } from '../support/postern.ts';
import { codesOf, onDatabase, usePosternServer } from '../support/postern-server.ts';

const server = usePosternServer(useDatabase(), { environment: onDatabase });

const model = dsl({
  user: {},
  agent: { principal: '[user]', can_act_for: 'principal' },
  platform: { operator: '[user, agent]', can_check_any_subject: 'operator' },
  doc: { editor: '[user, agent]', viewer: '[user, agent, user:*]', can_edit: 'editor', can_view: 'viewer or editor' },
});

beforeAll(async () => {
  await publish(server().running.postern, model);
  await write(server().running.postern, [
    'agent:bot#principal@user:ann',
    'doc:1#editor@user:ann',
    'doc:1#editor@agent:bot',
    'doc:2#editor@user:ann',
    'doc:3#editor@agent:bot',
    'doc:4#viewer@user:*',
  ]);
});

const ann = { as: 'user:ann', by: 'agent:bot' };

describe('an agent that acts for somebody', () => {
  test.each([
    ['doc:1', ['can_edit', 'can_view']],
    ['doc:2', []],
    ['doc:3', []],
    ['doc:4', []],
  ])('has on %s what both have: %j', async (object, granted) => {
    const { data, errors } = await server().ask(`{ viewer { permissions(objects: ["${object}"]) { granted } } }`, ann);
    expect(errors).toEqual([]);
    expect(data).toEqual({ viewer: { permissions: [{ granted }] } });
  });
  test('in one statement', async () => {
    const query = '{ viewer { can(permission: "can_edit", object: "doc:1") } }';
    await server().ask(query, ann);
    server().takeStatements();
    const { data } = await server().ask(query, ann);
    expect(data).toEqual({ viewer: { can: true } });
    expect(server().takeStatements()).toHaveLength(1);
  });
  test('lists what both may', async () => {
    const { data } = await server().ask(
      '{ viewer { objects(type: "doc", permission: "can_view", first: 1) { edges { node } pageInfo { hasNextPage } } } }',
      ann,
    );
    expect(data).toEqual({ viewer: { objects: { edges: [{ node: 'doc:1' }], pageInfo: { hasNextPage: false } } } });
  });
  test('is told why, in three parts', async () => {
    const { data, errors } = await server().ask(
      `{ explainPermission(subject: "user:ann", permission: "can_edit", object: "doc:2") {
        decision { allowed } text parts { kind subject object permission decision { allowed } isDeciding } } }`,
      ann,
    );
    expect([data, errors]).toMatchInlineSnapshot(`
      [
        {
          "explainPermission": {
            "decision": {
              "allowed": false,
            },
            "parts": [
              {
                "decision": {
                  "allowed": true,
                },
                "isDeciding": false,
                "kind": "SUBJECT",
                "object": "doc:2",
                "permission": "can_edit",
                "subject": "user:ann",
              },
              {
                "decision": {
                  "allowed": false,
                },
                "isDeciding": true,
                "kind": "DELEGATE",
                "object": "doc:2",
                "permission": "can_edit",
                "subject": "agent:bot",
              },
              {
                "decision": {
                  "allowed": true,
                },
                "isDeciding": false,
                "kind": "ACTING",
                "object": "agent:bot",
                "permission": "can_act_for",
                "subject": "user:ann",
              },
            ],
            "text": "agent:bot does not have can_edit on doc:2 for user:ann, which takes three things:
      user:ann has can_edit on doc:2:
      What this rests on is not yours to see.
      agent:bot does not have can_edit on doc:2.
      What this rests on is not yours to see.
      user:ann has can_act_for on agent:bot:
      What this rests on is not yours to see.",
          },
        },
        [],
      ]
    `);
  });
  test('publishes nothing', async () => {
    const answer = await server().ask(
      `mutation { publishAuthorizationModel(input: { dsl: ${JSON.stringify(model)} }) { userErrors { code message } } }`,
      ann,
    );
    expect([answer.data, codesOf(answer)]).toMatchInlineSnapshot(`
      [
        {
          "publishAuthorizationModel": {
            "userErrors": [
              {
                "code": "DELEGATE_NOT_ALLOWED",
                "message": "This is for people alone: "agent:bot", which acts for "user:ann", may not do that. Next: ask "user:ann" to do it.",
              },
            ],
          },
        },
        [],
      ]
    `);
  });
});
