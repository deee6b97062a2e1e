import { beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../src/engine/check/check.ts';
import { formatRelationship } from '../../src/model/relationship.ts';
import { replayAuditLog } from '../../src/operations/audit/replay-audit-log.ts';
import { verifyAuditLog } from '../../src/operations/audit/verify-audit-log.ts';
import { recordOf } from '../../src/operations/relationship-record.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { reviewAccess } from '../../src/operations/reviews/review-access.ts';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { outcomeOf } from '../support/decide.ts';
import { acts, farAway, firm, notYet } from '../support/firm.ts';
import { dsl, object, check as parseCheck, relationship, subject } from '../support/parse.ts';
import { done, everyStore, operator, publish, signedIn, usePosternOn, write, writing } from '../support/postern.ts';

const longAgo = new Date('2001-01-01T00:00:00Z');
const none = { reason: undefined, idempotency: undefined };

describe.each(everyStore)('on %s', (kind) => {
  const postern = usePosternOn(kind);
  const { putOff, revoke, offboard } = acts(postern);
  const ann = signedIn('user:ann');
  const ops = signedIn('service:ops');

  beforeAll(async () => {
    await publish(postern(), firm);
    await write(postern(), ['platform:main#operator@service:ops', 'firm:a#owner@user:ann']);
  });

  const grant = (text: string, times: { readonly startsAt?: Date; readonly expiresAt?: Date }) =>
    grantRole(postern(), ann, { ...none, relationship: relationship(text, times) });

  async function decide(...texts: readonly string[]): Promise<readonly string[]> {
    const request = { checks: texts.map((text) => parseCheck(text)), contextual: [] };
    const { decisions } = await check(postern().store.reader, request);
    return decisions.map(outcomeOf);
  }

  async function listed(who: string) {
    const page = await postern().store.readRelationships({ subject: subject(who) }, 100, undefined);
    return page.relationships.map((one) => recordOf(one.relationship));
  }

  describe('what begins later', () => {
    test('is listed with its beginning, and gives nothing', async () => {
      const text = 'firm:a#admin@user:later';
      done(await grant(text, { startsAt: notYet, expiresAt: farAway }));
      expect(await decide(text, 'firm:a#can_see@user:later')).toEqual(['denied', 'denied']);
      expect(await listed('user:later')).toEqual([
        recordOf(relationship(text, { startsAt: notYet, expiresAt: farAway })),
      ]);
    });

    test('takes nothing away, either', async () => {
      await write(postern(), ['firm:a#member@user:guest']);
      done(await grant('firm:a#blocked@user:guest', { startsAt: notYet }));
      expect(await decide('firm:a#can_see@user:guest')).toEqual(['allowed']);
      done(await putOff(ann, 'firm:a#blocked@user:guest', null));
      expect(await decide('firm:a#can_see@user:guest')).toEqual(['denied']);
    });

    test('counts when its beginning is in the past, which stands with it', async () => {
      done(await grant('firm:a#member@user:past', { startsAt: longAgo }));
      expect(await decide('firm:a#can_see@user:past')).toEqual(['allowed']);
      expect(await listed('user:past')).toMatchObject([{ startsAt: longAgo.toISOString() }]);
    });

    test('begins at its time, without a write', async () => {
      const texts = ['firm:a#member@user:soon', 'firm:a#can_see@user:soon'];
      const startsAt = new Date(Date.now() + 700);
      done(await grant(texts[0] ?? '', { startsAt }));
      const { revision } = await postern().store.reader.withSnapshot([], async (snapshot) => snapshot);
      expect(await decide(...texts)).toEqual(['denied', 'denied']);
      await expect.poll(() => decide(...texts), { timeout: 5000 }).toEqual(['allowed', 'allowed']);
      expect(Date.now()).toBeGreaterThanOrEqual(startsAt.getTime() - 5);
      expect(await postern().store.reader.withSnapshot([], async (snapshot) => snapshot.revision)).toBe(revision);
    });

    test('is there already for whoever grants it again, takes it away, or off-boards', async () => {
      const text = 'firm:a#member@user:wait';
      done(await grant(text, { startsAt: notYet }));
      const codeOf = async (times: Parameters<typeof grant>[1]) => {
        const result = await grant(text, times);
        return result.ok || result.problem.kind !== 'invalid' ? result.ok : result.problem.errors[0]?.code;
      };
      expect(await codeOf({ startsAt: notYet })).toBe('ALREADY_EXISTS');
      expect([await codeOf({}), await codeOf({ startsAt: longAgo })]).toEqual(['CONFLICT', 'CONFLICT']);
      const again = writing([relationship(text, { startsAt: notYet })], [], { onDuplicate: 'IGNORE' });
      expect(done(await writeRelationships(postern(), ops, again)).outcome.written).toBe(0);
      done(await revoke(ann, text));
      expect(await listed('user:wait')).toEqual([]);
      done(await grant(text, { startsAt: notYet }));
      const { direct } = done(await offboard(ops, 'user:wait')).outcome;
      expect(direct).toMatchObject([{ relationship: { startsAt: notYet.toISOString() } }]);
      expect(await listed('user:wait')).toEqual([]);
    });

    test.each([
      ['at its end', { startsAt: notYet, expiresAt: notYet }],
      ['after its end', { startsAt: farAway, expiresAt: notYet }],
    ])('%s would never count, and is refused', async (_, times) => {
      const problem = { kind: 'invalid', errors: [{ code: 'INVALID_RELATIONSHIP' }] };
      expect(await grant('firm:a#member@user:never', times)).toMatchObject({ problem });
      const all = writing([relationship('firm:a#member@user:never', times)]);
      expect(await writeRelationships(postern(), ops, all)).toMatchObject({ problem });
    });
  });

  describe('an access review', () => {
    const review = async (on: string) => {
      const filter = { role: undefined, subject: undefined, expiresBefore: undefined, withoutEnd: false };
      const page = { notHolding: undefined, first: 100, after: undefined };
      const input = { object: object(on), includeContained: false, ...filter, ...page };
      const { entries } = done(await reviewAccess(postern(), operator, input));
      return entries.map(({ via, startsAt, effect }) => {
        const said = effect.kind === 'none' ? effect.reason : effect.kind;
        return `${via.map(formatRelationship).join(' <- ')} ${startsAt?.getUTCFullYear() ?? 'always'}: ${said}`;
      });
    };

    test('shows what begins later as what it is, also where a team is only to get the role', async () => {
      await write(postern(), [
        'firm:r#owner@user:olga',
        relationship('firm:r#admin@user:later', { startsAt: notYet }),
        relationship('firm:r#member@team:now#member', { startsAt: longAgo }),
        relationship('firm:r#member@team:later#member', { startsAt: notYet }),
        'team:now#lead@user:ben',
        relationship('team:now#member@user:cat', { startsAt: notYet }),
        'team:later#member@user:dan',
      ]);
      const entries = await review('firm:r');
      expect([...new Set(entries)].toSorted()).toEqual([
        'firm:r#admin@user:later 2098: NOT_BEGUN',
        'firm:r#member@team:later#member <- team:later#member@user:dan 2098: NOT_BEGUN',
        'firm:r#member@team:now#member <- team:now#lead@user:ben 2001: effective',
        'firm:r#member@team:now#member <- team:now#member@user:cat 2098: NOT_BEGUN',
        'firm:r#owner@user:olga always: effective',
      ]);
    });

    test('shows of two ways the one that has begun, unless the other ends later', async () => {
      await write(postern(), [
        'team:both#member@user:eve',
        relationship('team:one#member@team:both#member', { startsAt: notYet }),
        'team:two#member@team:both#member',
        'firm:w#member@team:one#member',
        'firm:w#member@team:two#member',
      ]);
      expect(await review('firm:w')).toEqual([
        'firm:w#member@team:two#member <- team:two#member@team:both#member <- team:both#member@user:eve always: effective',
      ]);
    });
  });

  test('the audit log says when it begins, and is proven and replayed', async () => {
    const { audit } = postern().store;
    expect((await verifyAuditLog(audit, { anchor: undefined })).ok).toBe(true);
    expect(await replayAuditLog(audit)).toMatchObject({ differences: 0, examples: [] });
  });

  describe('nobody comes to hold by waiting what they may not give to themselves', () => {
    const clubs = dsl({
      user: {},
      platform: {
        writer: '[user, club#officer]',
        boss: '[user]',
        can_write_relationships: 'writer',
        can_manage_access: 'boss',
      },
      club: { officer: '[user]', no_self_grant: 'officer', can_manage_access: 'officer' },
      vault: {
        owner: '[user]',
        finance: '[user] or lead',
        lead: '[user, club#officer]',
        no_self_grant: 'finance',
        can_manage_access: 'owner',
      },
    });

    beforeAll(async () => {
      await publish(postern(), clubs);
      await write(postern(), [
        'vault:1#owner@user:ann',
        relationship('club:soon#officer@user:ann', { startsAt: notYet }),
        'club:other#officer@user:zoe',
        'platform:main#writer@user:wil',
        relationship('platform:main#writer@club:later#officer', { startsAt: notYet }),
      ]);
    });

    test.each([
      ['a set that they are to be in', 'vault:1#lead@club:soon#officer', 'SELF_GRANT'],
      ['a set of others', 'vault:1#lead@club:other#officer', undefined],
    ])('by %s', async (_, text, code) => {
      const result = await grantRole(postern(), ann, { ...none, relationship: relationship(text) });
      expect(result).toMatchObject(code === undefined ? { ok: true } : { problem: { errors: [{ code }] } });
    });

    test('nor by what the rights on the platform are to come from', async () => {
      const result = await writeRelationships(
        postern(),
        signedIn('user:wil'),
        writing(['club:later#officer@user:zed']),
      );
      expect(result).toMatchObject({ ok: false, problem: { kind: 'forbidden' } });
    });
  });
});
