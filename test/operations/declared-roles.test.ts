import { beforeAll, describe, expect, test } from 'vitest';
import { formatRelationship, type Relationship } from '../../src/model/relationship.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { acts, farAway, firm, notYet } from '../support/firm.ts';
import { dsl, object, relationship } from '../support/parse.ts';
import { everyStore, operator, publish, signedIn, usePosternOn, write, writing } from '../support/postern.ts';

describe.each(everyStore)('on %s', (store) => {
  const postern = usePosternOn(store);
  const { grant, revoke, limit, putOff, transfer, offboard, write: writeAs } = acts(postern);
  const ops = signedIn('service:ops');

  beforeAll(async () => {
    await publish(postern(), firm);
    await write(postern(), ['platform:main#operator@service:ops']);
  });

  /** What a firm is given before an act. */
  async function given(name: string, list: readonly string[]): Promise<void> {
    await write(
      postern(),
      list.map((text) => (/[!~]/.test(text) ? timed(name, text) : `firm:${name}#${text}`)),
    );
  }

  /** `!` stands for an end, and `~` for a beginning to come. */
  function timed(name: string, text: string) {
    const times = {
      ...(text.includes('~') && { startsAt: notYet }),
      ...(text.includes('!') && { expiresAt: farAway }),
    };
    return relationship(`firm:${name}#${text.replaceAll(/[!~]/g, '')}`, times);
  }

  async function owners(name: string): Promise<readonly string[]> {
    const page = await postern().store.readRelationships({ object: object(`firm:${name}`) }, 100, undefined);
    const timesOf = ({ startsAt, expiresAt }: Relationship) => `${startsAt ? '~' : ''}${expiresAt ? '!' : ''}`;
    return page.relationships.map(({ relationship: one }) => formatRelationship(one) + timesOf(one)).toSorted();
  }

  const grantLater = (text: string) =>
    grantRole(postern(), signedIn('user:ann'), {
      ...{ reason: undefined, idempotency: undefined },
      relationship: relationship(text, { startsAt: notYet }),
    });

  interface Outcome {
    readonly ok: boolean;
    readonly problem?: { readonly kind: string; readonly errors?: readonly { readonly code: string }[] };
  }

  function codeOf({ ok, problem }: Outcome): string {
    return ok ? 'done' : (problem?.errors?.[0]?.code ?? problem?.kind ?? '');
  }

  type Act = (firm: string) => Promise<Outcome>;

  describe('the last permanent holder stays', () => {
    const two = ['owner@user:ann', 'owner@user:ben'];
    const one = ['owner@user:ann'];

    test.each<[what: string, before: readonly string[], act: Act, outcome: string]>([
      ['one of two is revoked', two, (f) => revoke(signedIn('user:ann'), `${f}#owner@user:ben`), 'done'],
      ['one of two leaves', two, (f) => revoke(signedIn('user:ann'), `${f}#owner@user:ann`), 'done'],
      ['the last is revoked', one, (f) => revoke(signedIn('user:ann'), `${f}#owner@user:ann`), 'LAST_HOLDER'],
      [
        'the other has an end',
        [...one, 'owner@user:ben!'],
        (f) => revoke(signedIn('user:ben'), `${f}#owner@user:ann`),
        'LAST_HOLDER',
      ],
      [
        'the other begins later',
        [...one, 'owner@user:ben~'],
        (f) => revoke(signedIn('user:ann'), `${f}#owner@user:ann`),
        'LAST_HOLDER',
      ],
      [
        'the one that begins later goes',
        [...one, 'owner@user:ben~'],
        (f) => writeAs(ops, [], [`${f}#owner@user:ben`]),
        'done',
      ],
      ['the last is put off', one, (f) => putOff(signedIn('user:ann'), `${f}#owner@user:ann`, notYet), 'LAST_HOLDER'],
      ['one of two is put off', two, (f) => putOff(signedIn('user:ann'), `${f}#owner@user:ann`, notYet), 'done'],
      ['the last is blocked later', one, (f) => grantLater(`${f}#blocked@user:ann`), 'LAST_HOLDER'],
      ['everybody is blocked later', two, (f) => grantLater(`${f}#blocked@user:*`), 'LAST_HOLDER'],
      ['one of two is blocked later', two, (f) => grantLater(`${f}#blocked@user:ben`), 'done'],
      [
        'the other is to be blocked',
        [...two, 'blocked@user:ben~'],
        (f) => revoke(signedIn('user:ben'), `${f}#owner@user:ann`),
        'LAST_HOLDER',
      ],
      [
        'the other is blocked',
        [...two, 'blocked@user:ben'],
        (f) => revoke(signedIn('user:ann'), `${f}#owner@user:ann`),
        'LAST_HOLDER',
      ],
      [
        'a blocked one goes',
        [...two, 'blocked@user:ben'],
        (f) => revoke(signedIn('user:ann'), `${f}#owner@user:ben`),
        'done',
      ],
      ['the last is blocked', one, (f) => grant(signedIn('user:ann'), `${f}#blocked@user:ann`), 'LAST_HOLDER'],
      ['everybody is blocked', two, (f) => grant(signedIn('user:ann'), `${f}#blocked@user:*`), 'LAST_HOLDER'],
      ['one of two is blocked', two, (f) => grant(signedIn('user:ann'), `${f}#blocked@user:ben`), 'done'],
      ['another is blocked', one, (f) => grant(signedIn('user:ann'), `${f}#blocked@user:zoe`), 'done'],
      ['the last gets an end', one, (f) => limit(signedIn('user:ann'), `${f}#owner@user:ann`, farAway), 'LAST_HOLDER'],
      ['one of two gets an end', two, (f) => limit(signedIn('user:ann'), `${f}#owner@user:ann`, farAway), 'done'],
      ['the last hands over', one, (f) => transfer(signedIn('user:ann'), `${f}#owner@user:ann`, 'user:ben'), 'done'],
      [
        'the last hands over to a blocked one',
        [...one, 'blocked@user:ben'],
        (f) => transfer(signedIn('user:ann'), `${f}#owner@user:ann`, 'user:ben'),
        'LAST_HOLDER',
      ],
      ['the last is off-boarded', one, () => offboard(ops, 'user:ann'), 'LAST_HOLDER'],
      ['all are deleted', two, (f) => writeAs(ops, [], [`${f}#owner@user:ann`, `${f}#owner@user:ben`]), 'LAST_HOLDER'],
      [
        'all are replaced',
        two,
        (f) => writeAs(ops, [`${f}#owner@user:zoe`], [`${f}#owner@user:ann`, `${f}#owner@user:ben`]),
        'done',
      ],
      [
        'all but one with an end',
        [...one, 'owner@user:ben!'],
        (f) => writeAs(ops, [], [`${f}#owner@user:ann`]),
        'LAST_HOLDER',
      ],
      [
        'all are blocked at once',
        two,
        (f) => writeAs(ops, [`${f}#blocked@user:ann`, `${f}#blocked@user:ben`], []),
        'LAST_HOLDER',
      ],
      ['there was none before', ['owner@user:ben!'], (f) => writeAs(ops, [], [`${f}#owner@user:ben`]), 'done'],
      [
        'there was none before, all being blocked',
        [...two, 'blocked@user:*'],
        (f) => writeAs(ops, [], [`${f}#owner@user:ben`]),
        'done',
      ],
      ['the console', one, (f) => revoke(operator, `${f}#owner@user:ann`), 'done'],
    ])('%s', async (what, before, act, outcome) => {
      const name = what.replaceAll(/\W/g, '-');
      await given(name, before);
      const stored = await owners(name);
      const result = await act(`firm:${name}`);
      expect(codeOf(result)).toBe(outcome);
      if (outcome === 'done') expect(await owners(name)).not.toEqual(stored);
      else expect(await owners(name)).toEqual(stored);
      const left = (await owners(name)).map((text) => text.replaceAll(/[!~]/g, ''));
      await writeAs(operator, [], left);
    });

    test('more than a page of holders that are blocked do not hide the one who is not', async () => {
      const users = Array.from({ length: 45 }, (_, index) => `user:${index}`);
      await given('crowd', [
        ...users.map((one) => `owner@${one}`),
        ...users.slice(0, 44).map((one) => `blocked@${one}`),
      ]);
      await given('crowd', ['owner@user:last']);
      expect(codeOf(await writeAs(ops, [], ['firm:crowd#owner@user:44']))).toBe('done');
      expect(codeOf(await writeAs(ops, [], ['firm:crowd#owner@user:last']))).toBe('LAST_HOLDER');
    });

    test('every object is named, at its place in the input', async () => {
      await given('p', one);
      await given('q', one);
      const message = (name: string) =>
        `"firm:${name}" must keep a permanent holder of the role "owner", and this takes the last one away.`;
      expect(
        await writeAs(ops, ['firm:q#blocked@user:ann'], ['firm:x#member@user:x', 'firm:p#owner@user:ann'].slice(1)),
      ).toEqual({
        ok: false,
        problem: {
          kind: 'invalid',
          errors: [
            { code: 'LAST_HOLDER', message: message('p'), field: ['input', 'deletes', '0'] },
            { code: 'LAST_HOLDER', message: message('q'), field: ['input', 'writes', '0'] },
          ],
        },
      });
    });
  });

  describe('nobody gives a protected role to themselves', () => {
    const before = ['owner@user:ann', 'owner@user:ben', 'finance@user:fay', 'finance@user:ann'];

    test.each<[what: string, act: Act, outcome: string]>([
      ['to another', (f) => grant(signedIn('user:ann'), `${f}#finance@user:zoe`), 'done'],
      ['to oneself', (f) => grant(signedIn('user:ben'), `${f}#finance@user:ben`), 'SELF_GRANT'],
      ['to a set', (f) => grant(signedIn('user:ben'), `${f}#finance@team:x#member`), 'INVALID_RELATIONSHIP'],
      ['to everybody', (f) => grant(signedIn('user:ben'), `${f}#finance@user:*`), 'INVALID_RELATIONSHIP'],
      ['by a transfer', (f) => transfer(signedIn('user:ben'), `${f}#finance@user:fay`, 'user:ben'), 'SELF_GRANT'],
      ['by a transfer to another', (f) => transfer(signedIn('user:ben'), `${f}#finance@user:fay`, 'user:zoe'), 'done'],
      ['by an extension', (f) => limit(signedIn('user:ann'), `${f}#finance@user:ann`, farAway), 'SELF_GRANT'],
      ['another extends it', (f) => limit(signedIn('user:ben'), `${f}#finance@user:ann`, farAway), 'done'],
      ['one gives it up', (f) => revoke(signedIn('user:ann'), `${f}#finance@user:ann`), 'done'],
      [
        'whoever may not grant it learns only that',
        (f) => grant(signedIn('user:zoe'), `${f}#finance@user:zoe`),
        'forbidden',
      ],
      ['the console', (f) => grant(operator, `${f}#finance@user:ben`), 'done'],
    ])('%s', async (what, act, outcome) => {
      const name = `protected-${what.replaceAll(/\W/g, '-')}`;
      await given(name, before);
      expect(codeOf(await act(`firm:${name}`))).toBe(outcome);
    });

    test('nor does whoever acts for somebody else', async () => {
      await given('delegated', before);
      const actor = { ...signedIn('user:ben'), delegate: { kind: 'recorded', name: 'user:zoe' } } as Actor;
      expect(codeOf(await grant(actor, 'firm:delegated#finance@user:zoe'))).toBe('SELF_GRANT');
    });

    test('nor a writer of all relationships', async () => {
      const vault = dsl({
        service: {},
        platform: { writer: '[service]', can_write_relationships: 'writer' },
        vault: { keeper: '[service]', no_self_grant: 'keeper', can_grant_keeper: 'keeper' },
      });
      await publish(postern(), vault);
      await write(postern(), ['platform:main#writer@service:w', 'vault:1#keeper@service:k']);
      const result = await writeRelationships(
        postern(),
        signedIn('service:w'),
        writing(['vault:1#keeper@service:x', 'vault:1#keeper@service:w']),
      );
      expect(result).toMatchObject({ problem: { errors: [{ code: 'SELF_GRANT', field: ['input', 'writes', '1'] }] } });
      const own = { relationship: relationship('vault:2#keeper@service:k'), reason: undefined, idempotency: undefined };
      expect(codeOf(await grantRole(postern(), signedIn('service:k'), own))).toBe('forbidden');
      await publish(postern(), firm);
    });
  });
});
