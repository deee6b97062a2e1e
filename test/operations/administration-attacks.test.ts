import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Viewer } from '../../src/operations/actor.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { offboardSubject } from '../../src/operations/roles/offboard-subject.ts';
import { acts, firm } from '../support/firm.ts';
import { observedStore } from '../support/observed-store.ts';
import { dsl, relationship, subject } from '../support/parse.ts';
import { everyStore, publish, signedIn, usePosternOn, write, writing } from '../support/postern.ts';

describe.each(everyStore)('on %s', (kind) => {
  const calls: string[] = [];
  const open = usePosternOn(kind);
  const postern = (): Postern => {
    const opened = open();
    return { ...opened, store: observedStore(opened.store, { asked: (method) => calls.push(method) }) };
  };
  const { grant, offboard } = acts(postern);

  beforeAll(async () => {
    await publish(postern(), firm);
    await write(postern(), ['platform:main#operator@service:ops', 'firm:1#owner@user:boss', 'firm:1#owner@user:ann']);
  });

  /** A token of one subject that another works with (its claim `act`). */
  const actingFor = (text: string, delegate: string): Actor => ({
    ...(signedIn(text) as Viewer),
    delegate: { kind: 'recorded', name: delegate },
  });

  describe('nobody gives a protected role to themselves in the name of another', () => {
    test.each([['user:ann'], ['ann']])('with a token in which %s acts', async (delegate) => {
      const granted = await grant(actingFor('user:boss', delegate), 'firm:1#finance@user:ann');
      expect(granted).toMatchObject({ ok: false, problem: { errors: [{ code: 'SELF_GRANT' }] } });
    });
  });

  describe('a refused attempt', () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => `firm:${n}#member@user:x${n}`);

    test('does not make the log grow by as much as the caller likes', async () => {
      const refused = await writeRelationships(postern(), signedIn('user:mallory'), writing(many(1000)));
      expect(refused).toMatchObject({ ok: false, problem: { kind: 'forbidden' } });
      const { events } = await postern().store.audit.events({ actor: 'user:mallory' }, 1, undefined);
      expect(JSON.stringify(events[0]?.after).length).toBeLessThan(10_000);
      expect(events[0]?.after.at(0)).toEqual({ object: 'firm:0', relation: 'member', subject: 'user:x0' });
      expect(events[0]?.after.at(-1)).toEqual({ omitted: 1001 - (events[0]?.after.length ?? 0) });
    });

    test('nor by a condition with a long context', async () => {
      const context = { hour: 1, text: 'x'.repeat(100_000) };
      const wanted = relationship('firm:1#owner@user:mallory', { condition: ['late', context] });
      await writeRelationships(postern(), signedIn('user:trudy'), writing([wanted]));
      const { events } = await postern().store.audit.events({ actor: 'user:trudy' }, 1, undefined);
      expect(events[0]?.after).toEqual([
        { object: 'firm:1', relation: 'owner', subject: 'user:mallory', condition: { name: 'late' } },
      ]);
    });
  });

  describe('off-boarding by somebody who may revoke nothing', () => {
    beforeAll(async () => {
      for (let page = 0; page < 11; page++) {
        const list = Array.from({ length: 1000 }, (_, n) => `firm:p${page}-${n}#member@user:big`);
        await write(postern(), list);
      }
    });

    test.each([[true], [false]])('does not tell how much there is (a preview: %s)', async (dryRun) => {
      const input = { subject: subject('user:big'), dryRun, reason: undefined, idempotency: undefined };
      expect(await offboardSubject(postern(), signedIn('user:mallory'), input)).toMatchObject({
        ok: false,
        problem: { kind: 'forbidden' },
      });
    });

    test('looks for it before other writes have to wait', async () => {
      calls.splice(0);
      await offboard(signedIn('user:mallory'), 'user:big');
      const locked = calls.findIndex((method) => method === 'write' || method === 'appendEvent');
      const read = calls.lastIndexOf('readHoldings');
      expect([locked > 0, read >= 0, read < locked]).toEqual([true, true, true]);
    });
  });

  describe('whoever writes relationships', () => {
    const model = dsl({
      user: {},
      service: {},
      crew: { parent: '[crew]', member: '[service, crew#member] or member from parent', can_manage_access: 'member' },
      platform: {
        crew: '[crew]',
        operator: '[service, crew#member] or member from crew',
        writer: '[service]',
        can_write_relationships: 'writer or operator',
        can_publish_model: 'operator',
        can_grant_operator: 'operator',
        can_grant_crew: 'operator',
      },
    });
    const writer = signedIn('service:writer');

    beforeAll(async () => {
      await publish(postern(), model);
      await write(postern(), [
        'platform:main#writer@service:writer',
        'platform:main#operator@crew:night#member',
        'platform:main#crew@crew:day',
        'crew:night#member@crew:deep#member',
        'crew:day#parent@crew:top',
        'crew:deep#member@service:root',
      ]);
    });

    test.each([
      ['the platform itself', 'platform:main#operator@service:writer', 'forbidden'],
      ['a set that is an operator', 'crew:night#member@service:writer', 'forbidden'],
      ['a set in that set', 'crew:deep#member@service:writer', 'forbidden'],
      ['what the platform belongs to', 'crew:day#member@service:writer', 'forbidden'],
      ['what that belongs to', 'crew:top#member@service:mate', 'forbidden'],
      ['anything else', 'crew:other#member@service:writer', 'done'],
    ])('does not make an operator by writing to %s', async (_what, text, outcome) => {
      const written = await writeRelationships(postern(), writer, writing([text]));
      expect(written.ok ? 'done' : written.problem.kind).toBe(outcome);
    });
  });
});
