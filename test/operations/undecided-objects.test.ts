import { describe, expect, test } from 'vitest';
import { formatObjectRef } from '../../src/model/object-ref.ts';
import { listAccessibleObjects } from '../../src/operations/access/list-accessible-objects.ts';
import { dsl, relationship, subject } from '../support/parse.ts';
import { done, everyStore, operator, publish, usePosternOn, write } from '../support/postern.ts';

describe.each(everyStore)('on %s', (store) => {
  const postern = usePosternOn(store);

  test('an object on which the check is undecided is said to be, as far as the page looked at it', async () => {
    const others = 10;
    const types = {
      user: {},
      folder: { viewer: '[user]' },
      doc: { parent: '[folder with late]', viewer: '[user] or viewer from parent' },
    };
    await publish(postern(), dsl(types, { late: '(hour: int) { hour > 17 }' }));
    const docs = Array.from({ length: others }, (_, n) => `doc:a${others}-${n}#viewer@user:bob`);
    for (let at = 0; at < docs.length; at += 100) await write(postern(), docs.slice(at, at + 100), []);
    const parent = relationship(`doc:z${others}#parent@folder:1`, { condition: ['late', {}] });
    await write(postern(), [parent, 'folder:1#viewer@user:ann']);
    const input = {
      permission: 'viewer',
      type: 'doc',
      context: new Map(),
      contextual: [],
      first: 100,
      after: undefined,
    };
    const page = done(await listAccessibleObjects(postern(), operator, { ...input, subject: subject('user:ann') }));
    expect(page.hasMore).toBe(false);
    expect(page.undecided.map(({ object }) => formatObjectRef(object))).toContain(`doc:z${others}`);
  });
});
