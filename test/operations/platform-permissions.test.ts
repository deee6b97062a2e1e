import { beforeAll, describe, expect, test } from 'vitest';
import { checkPermissions } from '../../src/operations/access/check-permissions.ts';
import { explainPermission } from '../../src/operations/access/explain-permission.ts';
import { listAccessibleObjects } from '../../src/operations/access/list-accessible-objects.ts';
import { listSubjectsWithAccess } from '../../src/operations/access/list-subjects-with-access.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { activateModel } from '../../src/operations/models/activate-model.ts';
import { listModelTypes } from '../../src/operations/models/list-model-types.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import { readPublishedModel } from '../../src/operations/models/read-published-model.ts';
import { listRelationships } from '../../src/operations/relationships/list-relationships.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { check, context, dsl, object, relationship, subject } from '../support/parse.ts';
import { everyStore, operator, publish, signedIn, usePosternOn, write, writing } from '../support/postern.ts';

describe.each(everyStore)('on %s', (store) => {
  const postern = usePosternOn(store);

  const permissions = [
    ...[
      'can_check_any_subject',
      'can_read_relationships',
      'can_write_relationships',
      'can_publish_model',
      'can_read_model',
    ],
  ];

  /** Every permission is a role here, so that each subject can hold exactly one. */
  const company = dsl(
    {
      user: {},
      platform: {
        admin: '[user]',
        can_grant_admin: 'admin',
        ...Object.fromEntries(permissions.map((name) => [name, '[user, user with late]'])),
      },
      doc: { viewer: '[user]', can_read: 'viewer' },
    },
    { late: '(hour: int) {\n  hour > 17\n}' },
  );

  let modelId: number;

  beforeAll(async () => {
    modelId = await publish(postern(), company);
    await write(postern(), [
      'platform:main#admin@user:admin',
      ...permissions.map((name) => `platform:main#${name}@user:${name}`),
      ...permissions.map((name) => `platform:other#${name}@user:elsewhere`),
      ...permissions.map((name) => relationship(`platform:main#${name}@user:sometimes`, { condition: ['late', {}] })),
    ]);
  });

  const asked = { subject: subject('user:ann'), object: object('doc:1'), context: context({}), contextual: [] };
  const page = { first: 1, after: undefined };
  const source = { kind: 'dsl', dsl: company } as const;

  interface Operation {
    readonly permission: string;
    readonly run: (actor: Actor) => Promise<{ readonly ok: boolean }>;
  }

  const operations: Readonly<Record<string, Operation>> = {
    checkPermissions: {
      permission: 'can_check_any_subject',
      run: (actor) =>
        checkPermissions(postern(), actor, {
          checks: [check('doc:1#can_read@user:ann')],
          contextual: [],
          modelId: undefined,
        }),
    },
    'checkPermissions of another model': {
      permission: 'can_check_any_subject',
      run: (actor) => checkPermissions(postern(), actor, { checks: [], contextual: [], modelId }),
    },
    listModelTypes: {
      permission: 'can_read_model',
      run: (actor) => listModelTypes(postern(), actor, { type: undefined, ...page }),
    },
    explainPermission: {
      permission: 'can_check_any_subject',
      run: (actor) => explainPermission(postern(), actor, { ...asked, permission: 'can_read' }),
    },
    listAccessibleObjects: {
      permission: 'can_check_any_subject',
      run: (actor) =>
        listAccessibleObjects(postern(), actor, { ...asked, ...page, permission: 'can_read', type: 'doc' }),
    },
    listSubjectsWithAccess: {
      permission: 'can_check_any_subject',
      run: (actor) =>
        listSubjectsWithAccess(postern(), actor, {
          ...asked,
          ...page,
          permission: 'can_read',
          subjectType: 'user',
          subjectRelation: undefined,
        }),
    },
    listRelationships: {
      permission: 'can_read_relationships',
      run: (actor) => listRelationships(postern(), actor, {}, { first: 10, after: undefined }),
    },
    writeRelationships: {
      permission: 'can_write_relationships',
      run: (actor) =>
        writeRelationships(postern(), actor, writing([], ['doc:1#viewer@user:nobody'], { onMissing: 'IGNORE' })),
    },
    publishModel: {
      permission: 'can_publish_model',
      run: (actor) => publishModel(postern(), actor, { source, activate: false, dryRun: false, reason: undefined }),
    },
    'publishModel, without doing it': {
      permission: 'can_publish_model',
      run: (actor) => publishModel(postern(), actor, { source, activate: true, dryRun: true, reason: undefined }),
    },
    activateModel: {
      permission: 'can_publish_model',
      run: (actor) => activateModel(postern(), actor, { id: modelId, reason: undefined }),
    },
    readPublishedModel: {
      permission: 'can_read_model',
      run: (actor) => readPublishedModel(postern(), actor, {}),
    },
  };

  describe.each(Object.entries(operations))('%s', (_name, { permission, run }) => {
    const forbidden = {
      ok: false,
      problem: { kind: 'forbidden', message: `This needs the permission "${permission}" on "platform:main".` },
    };

    test.each(permissions.map((held) => [held]))('with %s', async (held) => {
      expect(await run(signedIn(`user:${held}`))).toMatchObject(held === permission ? { ok: true } : forbidden);
    });

    test.each([['user:nobody'], ['user:elsewhere'], ['user:admin'], ['ghost:of-no-type']])('as %s', async (text) => {
      expect(await run(signedIn(text))).toEqual(forbidden);
    });

    test('with a permission that nobody can decide, it is neither done nor forbidden', async () => {
      const message = 'The condition "late" needs the parameter "hour".';
      const undecided = { ok: false, problem: { kind: 'undecided', problem: { code: 'MISSING_CONTEXT', message } } };
      expect(await run(signedIn('user:sometimes'))).toEqual(undecided);
      expect(await run(signedIn('user:sometimes', { hour: 18 }))).toMatchObject({ ok: true });
      expect(await run(signedIn('user:sometimes', { hour: 3 }))).toEqual(forbidden);
    });

    test('at the console', async () => {
      expect(await run(operator)).toMatchObject({ ok: true });
    });
  });

  describe('nobody can entitle themselves', () => {
    const question = {
      checks: [check('doc:1#can_read@user:ann')],
      contextual: [],
      modelId: undefined,
    };
    const forbidden = { ok: false, problem: { kind: 'forbidden' } };

    test('with contextual relationships', async () => {
      const contextual = [relationship('platform:main#can_check_any_subject@user:eve')];
      expect(await checkPermissions(postern(), signedIn('user:eve'), { ...question, contextual })).toMatchObject(
        forbidden,
      );
    });

    test('with the context of a check', async () => {
      const checks = [check('doc:1#can_read@user:ann', { hour: 18 })];
      const result = await checkPermissions(postern(), signedIn('user:sometimes'), { ...question, checks });
      expect(result).toMatchObject({ ok: false, problem: { kind: 'undecided', problem: { code: 'MISSING_CONTEXT' } } });
    });

    test('with a model that is not active', async () => {
      const generous = { platform: { can_check_any_subject: '[user:*]' }, user: {}, doc: { can_read: '[user:*]' } };
      const input = {
        source: { kind: 'dsl', dsl: dsl(generous) },
        activate: false,
        dryRun: false,
        reason: undefined,
      } as const;
      const published = await publishModel(postern(), operator, input);
      const id = published.ok ? published.value.outcome.id : undefined;
      expect(id).toBeTypeOf('number');
      const result = await checkPermissions(postern(), signedIn('user:eve'), { ...question, modelId: id });
      expect(result).toMatchObject(forbidden);
    });

    test('by writing to the platform, without the right to grant there', async () => {
      const roles = writing(['platform:main#admin@user:can_write_relationships']);
      const permission = writing(['platform:main#can_publish_model@user:can_write_relationships']);
      const actor = signedIn('user:can_write_relationships');
      for (const input of [roles, permission]) {
        expect(await writeRelationships(postern(), actor, input)).toMatchObject(forbidden);
      }
      const elsewhere = writing(['platform:other#admin@user:can_write_relationships']);
      expect(await writeRelationships(postern(), actor, elsewhere)).toMatchObject({ ok: true });
    });
  });

  test('a model without platform permissions gives them to nobody', async () => {
    await publish(postern(), dsl({ user: {}, doc: { viewer: '[user]' } }));
    for (const [name, { permission, run }] of Object.entries(operations)) {
      const forbidden = { ok: false, problem: { kind: 'forbidden' } };
      expect([name, await run(signedIn(`user:${permission}`))]).toMatchObject([name, forbidden]);
    }
  });
});
