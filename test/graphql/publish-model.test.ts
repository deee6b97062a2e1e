import { describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { type Answer, usePosternServer } from '../support/postern-server.ts';
import { office } from './support/office.ts';

const server = usePosternServer(useDatabase(), { store: office });

const header = 'model\n  schema 1.1\ntype user\n';
const document = `${header}type doc\n  relations\n    define viewer: [user]\n    define can_view: viewer\n`;
const core = { name: 'core.fga', dsl: 'module core\ntype user\n' };
const docs = { name: 'docs.fga', dsl: 'module docs\ntype doc\n  relations\n    define viewer: [user]\n' };

interface Published {
  readonly model: { readonly id: string; readonly active: boolean; readonly dsl: string } | null;
  readonly consistencyToken: string | null;
  readonly userErrors: readonly {
    readonly code: string;
    readonly message: string;
    readonly field: readonly string[];
  }[];
}

async function publish(input: object): Promise<Published> {
  const query = `mutation ($input: PublishAuthorizationModelInput!) {
    publishAuthorizationModel(input: $input) { model { id active dsl } consistencyToken userErrors { code message field } }
  }`;
  const { data, errors }: Answer = await server().ask(query, { as: 'service:ops', variables: { input } });
  expect(errors).toEqual([]);
  return (data as { publishAuthorizationModel: Published }).publishAuthorizationModel;
}

const models = async () => {
  const ids = Array.from(
    { length: 9 },
    (_, index) => `m${index + 1}: authorizationModel(id: ${index + 1}) { id active }`,
  );
  const { data } = await server().ask(`{ ${ids.join(' ')} }`, { as: 'service:ops' });
  return Object.values(data as Record<string, unknown>).filter((model) => model !== null);
};

const mayView = async (as: string) =>
  (
    await server().ask(
      '{ viewer { decisions(checks: [{ permission: "can_view", object: "doc:1" }]) { error { code } } } }',
      { as },
    )
  ).text;

const manyParents = [
  document,
  `    define parent: [${Array.from({ length: 1000 }, (_, index) => `t${index}`).join(', ')}]\n`,
  ...Array.from({ length: 300 }, (_, index) => `    define r${index}: a from parent\n`),
  ...Array.from({ length: 1000 }, (_, index) => `type t${index}\n  relations\n    define a: [user]\n`),
].join('');

async function expectRefusal(input: object, problem: object): Promise<void> {
  const before = await models();
  const { model, consistencyToken, userErrors } = await publish({ ...input, activate: true });
  expect([model, consistencyToken]).toEqual([null, null]);
  expect(userErrors).toContainEqual(problem);
  expect(await models()).toEqual(before);
  const preview = await publish({ ...input, dryRun: true });
  expect([preview.model, preview.userErrors]).toEqual([null, userErrors]);
}

describe('with an idempotency key', () => {
  const asked = `mutation ($publish: PublishAuthorizationModelInput!, $activate: ActivateAuthorizationModelInput!) {
    publishAuthorizationModel(input: $publish) { ...answer diff { text } }
    activateAuthorizationModel(input: $activate) { diff { text } model { ...model } consistencyToken userErrors { code } }
  }
  fragment answer on PublishAuthorizationModelPayload { model { ...model } consistencyToken userErrors { code } }
  fragment model on AuthorizationModel { id dsl active createdAt createdBy }`;

  const ask = async (dsl: string, reason?: string) => {
    const [publish, activate] = [
      { dsl, idempotencyKey: 'p' },
      { id: '1', reason, idempotencyKey: 'a' },
    ];
    const { data, errors } = await server().ask(asked, { as: 'service:ops', variables: { publish, activate } });
    expect(errors).toEqual([]);
    return data as Readonly<Record<string, { readonly userErrors: readonly unknown[] }>>;
  };

  test('a repetition is answered as the first time, and another request is refused', async () => {
    const first = await ask(document);
    expect(Object.values(first).map(({ userErrors }) => userErrors)).toEqual([[], []]);
    const before = await models();
    expect(await ask(document)).toEqual(first);
    const others = await ask(`${document}# another\n`, 'another');
    const refused = { model: null, diff: null, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] };
    expect(Object.values(others)).toEqual([expect.objectContaining(refused), expect.objectContaining(refused)]);
    expect(await models()).toEqual(before);
  });
});

describe('a model that is wrong', () => {
  test.each<readonly [string, object, string, string | RegExp]>([
    ['no model', { dsl: 'hello' }, 'dsl', /^1:1: /],
    ['an unknown type', { dsl: document.replace('[user]', '[usr]') }, 'dsl', /^6:21: .*"usr"/],
    ['an unknown relation', { dsl: document.replace(': viewer', ': viewr') }, 'dsl', /^7:22: .*"viewr"/],
    ['an unknown condition', { dsl: document.replace('[user]', '[user with early]') }, 'dsl', /^6:\d+: .*"early"/],
    ['a relation that leads nowhere', { dsl: document.replace('[user]', 'can_view') }, 'dsl', /^\d+:\d+: /],
    [
      'a condition that is no condition',
      { dsl: `${document}condition c(x: int) {\n  x + 1\n}\n`.replace('[user]', '[user with c]') },
      'dsl',
      /^8:11: /,
    ],
    ['a reserved name', { dsl: document.replace('type doc', 'type __proto__') }, 'dsl', /^4:6: .*"__proto__"/],
    [
      'a module with an unknown type',
      { modules: [core, { ...docs, dsl: docs.dsl.replace('[user]', '[usr]') }] },
      'modules',
      /^docs\.fga:4:21: .*"usr"/,
    ],
    ['NUL in a comment', { dsl: `${document}# \u0000` }, 'dsl', 'control character'],
    ['a lone surrogate in a comment', { dsl: `${document}# \ud800` }, 'dsl', 'well-formed'],
    ['NUL in the name of a module', { modules: [{ ...core, name: 'core\u0000.fga' }] }, 'modules', 'control character'],
    ['no types', { dsl: 'model\n  schema 1.1\n' }, 'dsl', /^2:10: The model defines no types/],
    [
      'a circle',
      { dsl: `${document}    define a: [user] or b\n    define b: [user] or a\n` },
      'dsl',
      /"a" of the type "doc" is computed from itself: a -> b -> a\.$/,
    ],
    ...['permission', 'query', 'date_time'].map(
      (type) =>
        [
          `a type named ${type}`,
          { dsl: `${document}type ${type}\n  relations\n    define owner: [user]\n    define can_edit: owner\n` },
          'dsl',
          new RegExp(`the type "${type}" another name in POSTERN_ENTITIES`),
        ] as const,
    ),
    [
      'two types that are one entity',
      {
        dsl: `${document}${['doc/page', 'doc.page'].map((type) => `type ${type}\n  relations\n    define can_edit: [user]\n`).join('')}`,
      },
      'dsl',
      /The type "doc\/page" is bound to "DocPage" already\./,
    ],
    [
      'two permissions that are one value',
      { dsl: `${document}    define can_editAll: [user]\n    define can_editall: [user]\n` },
      'dsl',
      /"can_editAll" and "can_editall" of "doc" are both "CAN_EDITALL"/,
    ],
    [
      'two permissions that are one field',
      { dsl: `${document}    define can_edit_all: [user]\n    define can_editAll: [user]\n` },
      'dsl',
      /"can_edit_all" and "can_editAll" of "doc" are both "canEditAll"/,
    ],
  ])('is refused for %s, and nothing is stored', (_what, input, field, message) =>
    expectRefusal(input, { code: 'INVALID_MODEL', message: expect.stringMatching(message), field: ['input', field] }),
  );

  test.each<readonly [string, object, RegExp]>([
    ['more than 256 KiB', { dsl: `${document}${'#'.repeat(270_000)}` }, /larger than 262144 bytes/],
    [
      '1,200 parentheses',
      { dsl: `${document}    define deep: ${'('.repeat(1200)}viewer${')'.repeat(1200)}\n` },
      /more than 16 parentheses/,
    ],
    ['parents of many types for many relations', { dsl: manyParents }, /more than 250000 steps/],
  ])('is refused for its cost: %s', (_what, input, message) =>
    expectRefusal(input, {
      code: 'MODEL_TOO_COSTLY',
      message: expect.stringMatching(message),
      field: ['input', 'dsl'],
    }),
  );

  test('says everything that is wrong at once', async () => {
    const dsl = document.replace('[user]', '[usr, grop#member]').replace(': viewer', ': viewr');
    const { userErrors } = await publish({ dsl });
    expect(userErrors.map(({ message }) => message.split(' ')[0])).toEqual(
      expect.arrayContaining(['6:21:', '6:26:', '7:22:']),
    );
  });

  test.each([
    ['neither', {}],
    ['an empty text', { dsl: '' }],
    ['no modules', { modules: [] }],
    ['both', { dsl: document, modules: [core] }],
  ])('is refused when %s is given', async (_what, input) => {
    expect((await publish(input)).userErrors).toEqual([
      expect.objectContaining({ code: 'INVALID_INPUT', field: ['input'] }),
    ]);
  });
});

describe('a model that is right', () => {
  test('is only checked in a dry run', async () => {
    const before = await models();
    expect(await publish({ dsl: document, dryRun: true, activate: true })).toMatchObject({
      model: null,
      userErrors: [],
    });
    expect(await models()).toEqual(before);
    expect(await mayView('user:olga')).toContain('UNKNOWN_TYPE');
  });

  test('is previewed before it is activated: what changes, and for whom', async () => {
    const preview = `
      diff { changes { change type relation condition before after addedSubjects removedSubjects text } text }
      impact {
        isComplete text notCompared { type permission }
        permissions { type permission isComplete lost { subjects objects everybodyOf examples { object subject } } gained { subjects } }
        ignoredRelationships { type relation count isComplete examples { object subject } }
      }
      userErrors { code message }`;
    const { data: current } = await server().ask('{ authorizationModel { dsl } }', { as: 'service:ops' });
    const { dsl } = (current as { authorizationModel: { dsl: string } }).authorizationModel;
    const text = 'define editor: [user, team#member, user with in_region]';
    expect(dsl).toContain(text);
    const input = { dsl: dsl.replace(text, 'define editor: [user, user with in_region]') };
    const publishing = `mutation ($input: PublishAuthorizationModelInput!) { publishAuthorizationModel(input: $input) { model { id } ${preview} } }`;
    const asked = await server().ask(publishing, {
      as: 'service:ops',
      variables: { input: { ...input, dryRun: true } },
    });
    const published = await server().ask(publishing, { as: 'service:ops', variables: { input } });
    const { publishAuthorizationModel: stored } = published.data as {
      publishAuthorizationModel: Record<string, unknown>;
    };
    const { id } = stored.model as { id: string };
    const activating = `mutation { activateAuthorizationModel(input: { id: ${id}, dryRun: true }) { model { id active } ${preview} } }`;
    const { data, errors } = await server().ask(activating, { as: 'service:ops' });
    expect(errors).toEqual([]);
    const { activateAuthorizationModel: dry } = data as { activateAuthorizationModel: Record<string, unknown> };
    expect(dry).toMatchObject({ model: { id, active: false }, diff: stored.diff });
    expect(stored.impact).toBeNull();
    expect((asked.data as { publishAuthorizationModel: unknown }).publishAuthorizationModel).toEqual({
      ...dry,
      model: null,
    });
    expect({ diff: dry.diff, impact: dry.impact }).toMatchInlineSnapshot(`
      {
        "diff": {
          "changes": [
            {
              "addedSubjects": [],
              "after": "[user, user with in_region] or admin",
              "before": "[user, team#member, user with in_region] or admin",
              "change": "CHANGED",
              "condition": null,
              "relation": "editor",
              "removedSubjects": [
                "team#member",
              ],
              "text": "~ folder#editor: [user, team#member, user with in_region] or admin -> [user, user with in_region] or admin",
              "type": "folder",
            },
          ],
          "text": "~ folder#editor: [user, team#member, user with in_region] or admin -> [user, user with in_region] or admin",
        },
        "impact": {
          "ignoredRelationships": [
            {
              "count": 1,
              "examples": [
                {
                  "object": "folder:plans",
                  "subject": "team:writers#member",
                },
              ],
              "isComplete": true,
              "relation": "editor",
              "type": "folder",
            },
          ],
          "isComplete": true,
          "notCompared": [],
          "permissions": [
            {
              "gained": {
                "subjects": 0,
              },
              "isComplete": true,
              "lost": {
                "everybodyOf": [],
                "examples": [
                  {
                    "object": "document:1",
                    "subject": "user:lea",
                  },
                  {
                    "object": "document:1",
                    "subject": "user:mia",
                  },
                ],
                "objects": 1,
                "subjects": 2,
              },
              "permission": "can_edit",
              "type": "document",
            },
            {
              "gained": {
                "subjects": 0,
              },
              "isComplete": true,
              "lost": {
                "everybodyOf": [],
                "examples": [
                  {
                    "object": "folder:plans",
                    "subject": "user:lea",
                  },
                  {
                    "object": "folder:plans",
                    "subject": "user:mia",
                  },
                ],
                "objects": 1,
                "subjects": 2,
              },
              "permission": "can_edit",
              "type": "folder",
            },
            {
              "gained": {
                "subjects": 0,
              },
              "isComplete": true,
              "lost": {
                "everybodyOf": [],
                "examples": [
                  {
                    "object": "folder:plans",
                    "subject": "user:lea",
                  },
                  {
                    "object": "folder:plans",
                    "subject": "user:mia",
                  },
                ],
                "objects": 1,
                "subjects": 2,
              },
              "permission": "can_view",
              "type": "folder",
            },
          ],
          "text": "2 subjects lose can_edit on 1 document.
        user:lea on document:1
        user:mia on document:1
      2 subjects lose can_edit on 1 folder.
        user:lea on folder:plans
        user:mia on folder:plans
      For 1 subject, can_edit on 1 folder is undecided without a context: it may change or not.
        user:rita on folder:local
      2 subjects lose can_view on 1 folder.
        user:lea on folder:plans
        user:mia on folder:plans
      For 1 subject, can_view on 1 folder is undecided without a context: it may change or not.
        user:rita on folder:local
      1 relationship of folder#editor is ignored while the model is active, and back after a roll-back.
        folder:plans#editor@team:writers#member",
        },
      }
    `);
  });

  test('a dry run of which nobody asks what it would change only checks the text', async () => {
    const { data: current } = await server().ask('{ authorizationModel { dsl } }', { as: 'service:ops' });
    const { dsl } = (current as { authorizationModel: { dsl: string } }).authorizationModel;
    const input = { dsl: dsl.replace('define editor: [user, team#member', 'define editor: [user'), dryRun: true };
    expect(input.dsl).not.toBe(dsl);
    const statementsFor = async (selection: string) => {
      const query = `mutation ($input: PublishAuthorizationModelInput!) { publishAuthorizationModel(input: $input) { ${selection} } }
        fragment Diff on PublishAuthorizationModelPayload { changes: diff { text } }`;
      server().takeStatements();
      const { data, errors } = await server().ask(query, { as: 'service:ops', variables: { input } });
      const { publishAuthorizationModel: answer } = data as { publishAuthorizationModel: Record<string, unknown> };
      expect([errors, answer.userErrors]).toEqual([[], []]);
      return { answer, statements: server().takeStatements().length };
    };
    const checked = await statementsFor('userErrors { message } ...Diff @skip(if: true)');
    const compared = await statementsFor('userErrors { message } ...Diff');
    expect(compared.answer.changes).toEqual({ text: expect.stringContaining('editor') });
    expect(checked.statements).toBeLessThan(compared.statements);
  });

  test('decides nothing before it is activated, then everything, until it is rolled back', async () => {
    const { model } = await publish({ dsl: document });
    expect(model).toMatchObject({ active: false, dsl: document });
    expect(await mayView('user:olga')).toContain('UNKNOWN_TYPE');
    const activate = (id: string | undefined) =>
      server().ask(
        'mutation ($id: ID!) { activateAuthorizationModel(input: { id: $id }) { model { id active } userErrors { code } } }',
        {
          as: 'service:ops',
          variables: { id },
        },
      );
    expect((await activate(model?.id)).data).toMatchObject({
      activateAuthorizationModel: { model: { id: model?.id, active: true } },
    });
    expect(await mayView('user:olga')).toContain('"error":null');
    // The new model has no platform: nobody but the console may go back.
    expect((await activate('1')).errors[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
