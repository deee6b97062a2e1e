import { beforeAll, describe, expect, test } from 'vitest';
import type { RelationName, TypeName } from '../../src/model/names.ts';
import { formatObjectRef } from '../../src/model/object-ref.ts';
import { listAccessibleObjects } from '../../src/operations/access/list-accessible-objects.ts';
import { ReplicaSnapshot } from '../../src/store/replica/replica-snapshot.ts';
import type { StoreSnapshot } from '../../src/store/store-snapshot.ts';
import { useDatabase } from '../support/database.ts';
import { dsl, object, relationship, subject } from '../support/parse.ts';
import { activate, done, operator, publish, usePostern, useReplica, write } from '../support/postern.ts';

/**
 * A model that is activated again was read before later models gave names to what they brought. What is stored with those names means
 * nothing to it, and yet it is read: where there is a lot of it, what does mean something may come after all that is read at once.
 */

const types = { user: {}, folder: {}, doc: { parent: '[folder]', can_view: '[user]', can_manage_access: '[user]' } };
const earlier = dsl(types);
const later = dsl(
  {
    ...types,
    robot: {},
    memo: { can_view: '[user]', can_manage_access: '[user]' },
    doc: { ...types.doc, parent: '[folder with late]', can_view: '[user, robot]' },
  },
  { late: '(hour: int) { hour > 17 }' },
);

const relation = 'can_view' as RelationName;
const docs = 'doc' as TypeName;
const many = Array.from({ length: 1100 }, (_, index) => index);
const late = { condition: ['late', { hour: 1 }] } as const;

/** Those of the later model come first, in whatever order they are stored. */
const written = [
  ...many.map((index) => relationship(`memo:${index}#can_view@user:ann`)),
  ...[1, 2, 3].map((index) => relationship(`doc:${index}#parent@folder:1`, late)),
  ...[1, 2, 3].map((index) => relationship(`doc:0#can_view@robot:${index}`)),
];

describe.each([
  ['in the database', usePostern],
  ['in a replica', useReplica],
])('an earlier model %s', (_, open) => {
  const postern = open(useDatabase());

  beforeAll(async () => {
    const before = await publish(postern(), earlier);
    // It is read now.
    await postern().store.reader.withSnapshot([], async () => {});
    await publish(postern(), later);
    for (const part of [written.slice(0, 600), written.slice(600)]) await write(postern(), part);
    await activate(postern(), before);
    await write(postern(), ['doc:9#can_view@user:ann', 'doc:0#can_view@user:ann']);
  });

  test('lists whatever it allows, however much there is that it knows nothing of', async () => {
    const page = { first: 10, after: undefined, context: new Map(), contextual: [] };
    const asked = { type: 'doc', permission: 'can_view', subject: subject('user:ann') };
    const { objects, hasMore } = done(await listAccessibleObjects(postern(), operator, { ...page, ...asked }));
    expect([objects.map(formatObjectRef), hasMore]).toEqual([['doc:0', 'doc:9'], false]);
  });

  test.each([1, 2])('takes no portion of %s for all there is', async (limit) => {
    const { reader } = postern().store;
    const named = ['user:ann', 'folder:1', 'doc:0'].map(object);
    const found = async (snapshot: StoreSnapshot) => {
      const [ann = 0, folder = 0, doc = 0] = await snapshot.resolve(named);
      const to = { objects: [ann], sets: [], wildcards: [], relations: [relation] };
      const parents = [...(snapshot.prepared.model.types.get(docs)?.relations.values() ?? [])];
      return [
        await snapshot.readEdgesTo(to, limit),
        await snapshot.readEdgesFrom([{ object: doc, relation }], limit),
        ...(snapshot instanceof ReplicaSnapshot ? [] : [await snapshot.readParts([folder], parents, limit)]),
      ].map(({ isWhole }) => isWhole);
    };
    expect(await reader.withSnapshot([], found, { history: true })).toEqual([false, false, false]);
    expect(await reader.withSnapshot([], found)).not.toContain(true);
  });
});
