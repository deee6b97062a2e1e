import { beforeAll, describe, expect, test } from 'vitest';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { offboardSubject } from '../../src/operations/roles/offboard-subject.ts';
import { retireObject } from '../../src/operations/roles/retire-object.ts';
import { dsl, object, relationship, subject } from '../support/parse.ts';
import { memoryAndReplica, publish, signedIn, usePosternOn, write, writing } from '../support/postern.ts';

describe.each(memoryAndReplica)('on %s', (store) => {
  const postern = usePosternOn(store);

  beforeAll(async () => {
    const types = {
      user: {},
      platform: { can_write_relationships: '[user]' },
      doc: { editor: '[user]', can_grant_editor: '[user with at_home]' },
    };
    await publish(postern(), dsl(types, { at_home: '(home: bool) { home }' }));
    await write(postern(), [
      'platform:main#can_write_relationships@user:writer',
      'doc:1#editor@user:ed',
      relationship('doc:1#can_grant_editor@user:writer', { condition: ['at_home', {}] }),
      relationship('doc:1#can_grant_editor@user:lea', { condition: ['at_home', {}] }),
    ]);
  });

  const held = relationship('doc:1#editor@user:ed');
  const undecided = { ok: false, problem: { kind: 'undecided', problem: { code: 'MISSING_CONTEXT' } } };
  const forbidden = { ok: false, problem: { kind: 'forbidden' } };

  test('whether somebody may know a precondition can have no answer, and that is no denial', async () => {
    const input = { ...writing([relationship('doc:2#editor@user:ed')], []) };
    const ask = (one: typeof held) =>
      writeRelationships(postern(), signedIn('user:writer'), {
        ...input,
        preconditions: [{ relationship: one, exists: true }],
      });
    expect(await ask(held)).toMatchObject(undecided);
    expect(await ask(relationship('doc:9#editor@user:ed'))).toMatchObject(forbidden);
  });

  test.each([true, false])('whether somebody may off-board anybody at all, neither (dry run: %s)', async (dryRun) => {
    const input = { subject: subject('user:ed'), dryRun, reason: undefined, idempotency: undefined };
    expect(await offboardSubject(postern(), signedIn('user:lea'), input)).toMatchObject(undecided);
    expect(await offboardSubject(postern(), signedIn('user:eve'), input)).toMatchObject(forbidden);
  });

  test.each([true, false])('whether somebody may retire an object, neither (dry run: %s)', async (dryRun) => {
    const input = { object: object('doc:1'), dryRun, reason: undefined, idempotency: undefined };
    expect(await retireObject(postern(), signedIn('user:lea'), input)).toMatchObject(undecided);
    expect(await retireObject(postern(), signedIn('user:eve'), input)).toMatchObject(forbidden);
  });
});
