import { expect, test } from 'vitest';
import { ActionNames } from '../../src/authzen/action-names.ts';
import { actionStyles } from '../../src/authzen/authzen-settings.ts';
import { EntityIds } from '../../src/authzen/entity-ids.ts';
import { subjectId } from '../../src/server/identity/subject-id.ts';
import { dsl, model } from '../support/parse.ts';

const encoded = new EntityIds({ idEncoding: 'percent', claimTypes: new Set(['workload']) });
const plain = new EntityIds({ idEncoding: 'none', claimTypes: new Set(['workload']) });

/** Written otherwise, a caller would be two: what is kept from the one would be given to the other. */
test.each(['spiffe://acme/ns/a b', 'system:serviceaccount:web:app', 'a%3Ab', 'x#y', 'ann@acme', 'ü/ö', "(it's)*!"])(
  'the caller %s is the same here as in a token',
  (id) => {
    const claim = subjectId({ sub: id }, { subjectClaim: 'sub', subjectEncoding: 'percent' });
    const object = encoded.objectOf('workload', id);
    expect([claim.ok, object.ok]).toEqual([true, true]);
    if (!object.ok || !claim.ok) return;
    expect(object.value.id).toBe(claim.value);
    expect(encoded.thingOf(object.value)).toEqual({ type: 'workload', id });
  },
);

test.each<[type: string, id: string, written: string]>([
  ['paper', 'https://x/y?z=1&a', 'https%3A//x/y?z=1&a'],
  ['paper', 'a%3Ab', 'a%253Ab'],
  ['paper', 'x#y z', 'x%23y%20z'],
  ['paper', 'a\u2028\u{e0061}\u0007', 'a%E2%80%A8%F3%A0%81%A1%07'],
  ['paper', '\u{1f469}\u200d\u{1f680}', '\u{1f469}\u200d\u{1f680}'],
])('%s:%j is written %s, and read again', (type, id, written) => {
  const object = encoded.objectOf(type, id);
  expect(object).toEqual({ ok: true, value: { type, id: written } });
  expect(object.ok && encoded.thingOf(object.value)).toEqual({ type, id });
});

test.each<[ids: EntityIds, type: string, id: string]>([
  [encoded, 'paper', '*'],
  [encoded, 'workload', '*'],
  [encoded, 'workload', '\ud800'],
  [encoded, 'paper', '\ud800'],
  [encoded, 'paper', ':'.repeat(86)],
  [encoded, 'paper', ''],
  [plain, 'workload', 'a:b'],
  [plain, 'paper', 'a#b'],
])('nothing else is an id %#', (ids, type, id) => {
  expect(ids.objectOf(type, id)).toMatchObject({ ok: false });
});

test.each([
  ['workload', 'a/b'],
  ['workload', 'a%2fb'],
  ['paper', 'a%2Fb'],
  ['paper', '50%'],
])('nobody can have written %s:%s', (type, id) => {
  const object = plain.objectOf(type, id);
  expect(object.ok && encoded.thingOf(object.value)).toBeUndefined();
});

test.each(actionStyles)('a permission is called by a name that means it, or by none: %s', (actions) => {
  const known = model(
    dsl({ user: {}, paper: { edit: '[user]', can_edit: 'edit', can_read: 'edit', can_can_read: 'edit' } }),
  );
  const aliases = new Map([
    ['can_read', 'can_edit'],
    ['tools/call', 'can_read'],
  ]);
  const names = new ActionNames({ actions, aliases });
  const called = ['can_edit', 'can_read', 'can_can_read'].map((name) => [name, names.actionOf(known, 'paper', name)]);
  for (const [permission, name] of called) {
    if (name !== undefined) expect(names.relationOf(known, 'paper', name)).toBe(permission);
  }
  const none = actions === 'plain' ? 'read' : undefined;
  expect(called).toEqual([
    ['can_edit', 'can_edit'],
    ['can_read', none],
    ['can_can_read', 'can_can_read'],
  ]);
});
