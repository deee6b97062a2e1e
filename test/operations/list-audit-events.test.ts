import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/operations/actor.ts';
import type { AuditQuestion } from '../../src/operations/audit/audit-question.ts';
import type { AuditedEvent } from '../../src/operations/audit/audit-view.ts';
import { listAuditEvents } from '../../src/operations/audit/list-audit-events.ts';
import { readPublishedModel } from '../../src/operations/models/read-published-model.ts';
import { listRelationships } from '../../src/operations/relationships/list-relationships.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { dsl, object, relationship, subject } from '../support/parse.ts';
import {
  done,
  everyEvent,
  memoryAndReplica,
  publish,
  signedIn,
  usePosternOn,
  write,
  writing,
} from '../support/postern.ts';

describe.each(memoryAndReplica)('on %s', (store) => {
  const postern = usePosternOn(store);

  const model = dsl({
    user: {},
    platform: {
      operator: '[user]',
      auditor: '[user]',
      can_write_relationships: 'operator',
      can_read_audit_log: 'auditor or operator',
      can_read_own_audit_log: 'auditor',
    },
    doc: {
      owner: '[user]',
      viewer: '[user]',
      watcher: '[user]',
      can_manage_access: 'owner',
      can_read_audit_log: 'owner or watcher',
      can_read_own_audit_log: 'watcher',
    },
    plain: { owner: '[user]', viewer: '[user]', can_manage_access: 'owner' },
  });

  const about = (text: string) => ({ ...everyEvent, object: object(text) });
  const list = (actor: Actor, question: AuditQuestion, first = 100, after?: string) =>
    listAuditEvents(postern(), actor, question, { first, after });
  const agent = (text: string): Actor =>
    ({ ...signedIn(text), delegate: { kind: 'recorded', name: 'user:opal' } }) as Actor;

  /** Events in the words of the table below: who did what to what. */
  const describeEvent = ({ actor, action, outcome, before, after }: AuditedEvent) => {
    const named = (state: typeof after) =>
      state.relationships.map((one) => `${one.object}#${one.relation}@${one.subject}`);
    const hidden = before.hidden + after.hidden;
    const what = [...named(before).map((text) => `-${text}`), ...named(after).map((text) => `+${text}`)];
    return [actor, action, outcome, ...what, ...(hidden > 0 ? [`${hidden} hidden`] : [])].join(' ');
  };
  const listed = async (actor: Actor, question: AuditQuestion) =>
    done(await list(actor, question)).events.map(({ event }) => describeEvent(event));

  const grant = (text: string) => ({ relationship: relationship(text), reason: 'because', idempotency: undefined });

  beforeAll(async () => {
    await publish(postern(), model);
    await write(postern(), [
      'platform:main#operator@user:opal',
      'platform:main#auditor@user:audra',
      'plain:1#owner@user:olga',
    ]);
    await write(postern(), ['doc:1#owner@user:olga', 'doc:1#watcher@user:walt', 'doc:2#owner@user:pia']);
    done(await grantRole(postern(), signedIn('user:olga'), grant('doc:1#viewer@user:bo')));
    done(
      await writeRelationships(
        postern(),
        signedIn('user:opal'),
        writing(['doc:2#viewer@user:cy'], ['doc:1#viewer@user:bo'], { reason: 'user:cy gets doc:2 instead' }),
      ),
    );
    done(await grantRole(postern(), agent('user:pia'), grant('doc:2#viewer@user:bo')));
    expect((await grantRole(postern(), signedIn('user:mia'), grant('doc:1#owner@user:mia'))).ok).toBe(false);
  });

  const refused = 'user:mia grantRole denied +doc:1#owner@user:mia';
  const forAgent = 'user:pia grantRole done +doc:2#viewer@user:bo';
  const moved = 'user:opal writeRelationships done -doc:1#viewer@user:bo +doc:2#viewer@user:cy';
  const granted = 'user:olga grantRole done +doc:1#viewer@user:bo';
  const docs =
    'console test writeRelationships done +doc:1#owner@user:olga +doc:1#watcher@user:walt +doc:2#owner@user:pia';
  const start =
    'console test writeRelationships done +platform:main#operator@user:opal +platform:main#auditor@user:audra +plain:1#owner@user:olga';
  const published = 'console test publishAndActivateModel done';
  /** What of an event is shown to whoever may read about one object only. */
  const docsOf1 = 'console test writeRelationships done +doc:1#owner@user:olga +doc:1#watcher@user:walt 1 hidden';
  const movedOf1 = 'user:opal writeRelationships done -doc:1#viewer@user:bo 1 hidden';

  describe('who reads what', () => {
    test.each<[who: string, actor: Actor, question: AuditQuestion, events: readonly string[]]>([
      [
        'an auditor everything',
        signedIn('user:audra'),
        everyEvent,
        [refused, forAgent, moved, granted, docs, start, published],
      ],
      [
        'an operator all but what records himself, also as a delegate',
        signedIn('user:opal'),
        everyEvent,
        [refused, granted, docs, start, published],
      ],
      ['an auditor what names an object', signedIn('user:audra'), about('doc:1'), [refused, moved, granted, docs]],
      [
        'a watcher what is about the object',
        signedIn('user:walt'),
        about('doc:1'),
        [refused, movedOf1, granted, docsOf1],
      ],
      [
        'an owner the same without what records herself',
        signedIn('user:olga'),
        about('doc:1'),
        [refused, movedOf1, docsOf1],
      ],
      [
        'nobody hidden names by asking for them',
        signedIn('user:walt'),
        { ...about('doc:1'), subject: subject('user:cy') },
        [],
      ],
      [
        'object and subject in one relationship',
        signedIn('user:audra'),
        { ...about('doc:1'), subject: subject('user:bo') },
        [moved, granted],
      ],
      [
        'by subject',
        signedIn('user:audra'),
        { ...everyEvent, subject: subject('user:bo') },
        [forAgent, moved, granted],
      ],
      ['by actor', signedIn('user:audra'), { ...everyEvent, actor: 'console test' }, [docs, start, published]],
      ['by action', signedIn('user:audra'), { ...everyEvent, action: 'grantRole' }, [refused, forAgent, granted]],
      ['by outcome', signedIn('user:audra'), { ...everyEvent, outcome: 'denied' }, [refused]],
      ['by time', signedIn('user:audra'), { ...everyEvent, to: new Date('2020-01-01') }, []],
      [
        'in time',
        signedIn('user:audra'),
        { ...everyEvent, from: new Date('2020-01-01'), action: 'grantRole' },
        [refused, forAgent, granted],
      ],
      [
        'by everything',
        signedIn('user:audra'),
        {
          ...about('doc:1'),
          subject: subject('user:bo'),
          actor: 'user:olga',
          action: 'grantRole',
          outcome: 'done',
          from: new Date('2020-01-01'),
          to: new Date('2200-01-01'),
        },
        [granted],
      ],
    ])('%s', async (_who, actor, question, events) => {
      expect(await listed(actor, question)).toEqual(events);
    });

    test.each<[who: string, actor: string, reasons: readonly (string | undefined)[]]>([
      ['an auditor all reasons', 'user:audra', ['because', 'user:cy gets doc:2 instead', 'because']],
      ['a watcher only those of events that nothing of is hidden', 'user:walt', ['because', undefined, 'because']],
    ])('%s', async (_who, who, reasons) => {
      const { events } = done(await list(signedIn(who), { ...about('doc:1'), from: new Date('2020-01-01') }));
      expect(events.map(({ event }) => event.reason).slice(0, 3)).toEqual(reasons);
    });

    test.each<[who: string, actor: Actor, question: AuditQuestion, needs: string]>([
      ['somebody', signedIn('user:mia'), everyEvent, 'platform:main'],
      ['an owner without naming the object', signedIn('user:olga'), everyEvent, 'platform:main'],
      ['an owner of another object', signedIn('user:pia'), about('doc:1'), 'doc:1'],
      ['an owner of a type that does not say so', signedIn('user:olga'), about('plain:1'), 'platform:main'],
      ['somebody about a type that there is not', signedIn('user:olga'), about('ghost:1'), 'platform:main'],
    ])('%s is refused, and that is in the log', async (_who, actor, question, needs) => {
      const message = `This needs the permission "can_read_audit_log" on "${needs}".`;
      expect(await list(actor, question)).toEqual({ ok: false, problem: { kind: 'forbidden', message } });
      const [last] = done(await list(signedIn('user:audra'), { ...everyEvent, action: 'readAuditLog' }, 1)).events;
      const asked = question.object === undefined ? {} : { object: `${question.object.type}:${question.object.id}` };
      expect(last?.event).toMatchObject({
        outcome: 'denied',
        action: 'readAuditLog',
        requestId: 'request-1',
        after: { other: [asked] },
      });
    });
  });

  test.each<[action: string, run: (actor: Actor) => Promise<{ readonly ok: boolean }>]>([
    ['readRelationships', (actor) => listRelationships(postern(), actor, {}, { first: 1, after: undefined })],
    ['readModel', (actor) => readPublishedModel(postern(), actor, {})],
  ])('a refused %s is in the log', async (action, run) => {
    expect(await run(signedIn('user:mia'))).toMatchObject({ ok: false, problem: { kind: 'forbidden' } });
    expect(await listed(signedIn('user:audra'), { ...everyEvent, action })).toEqual([`user:mia ${action} denied`]);
  });

  test('an event says everything that was recorded', async () => {
    const byPia = { ...everyEvent, actor: 'user:pia', action: 'grantRole' };
    const [first] = done(await list(signedIn('user:audra'), byPia)).events;
    const { revision } =
      (await postern().store.audit.events({ actor: 'user:pia', action: 'grantRole' }, 1, undefined)).events[0] ?? {};
    expect(first?.event).toMatchObject({
      delegate: 'user:opal',
      reason: 'because',
      requestId: 'request-1',
      model: 1,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      token: { revision },
    });
  });

  describe('pages', () => {
    const byMia = { ...everyEvent, actor: 'user:mia' };
    const audra = signedIn('user:audra');

    test.each([1, 2, 3])('of %i show everyEvent once', async (first) => {
      const all = done(await list(audra, everyEvent)).events.map(({ event }) => event.id);
      const seen: number[] = [];
      for (let after: string | undefined; ; ) {
        const page = done(await list(audra, everyEvent, first, after));
        seen.push(...page.events.map(({ event }) => event.id));
        after = page.endCursor;
        if (!page.hasMore) break;
      }
      expect(seen).toEqual(all);
    });

    test('have cursors that are worth nothing to others, for another filter, or changed', async () => {
      const { endCursor = '' } = done(await list(audra, everyEvent, 2));
      expect((await list(audra, everyEvent, 2, endCursor)).ok).toBe(true);
      const invalid = { ok: false, problem: { kind: 'invalid' } };
      expect(await list(signedIn('user:opal'), everyEvent, 2, endCursor)).toMatchObject(invalid);
      expect(await list(audra, byMia, 2, endCursor)).toMatchObject(invalid);
      expect(
        await list(
          audra,
          everyEvent,
          2,
          `${endCursor.slice(0, -8)}${endCursor.endsWith('AAAAAAAA') ? 'BBBBBBBB' : 'AAAAAAAA'}`,
        ),
      ).toMatchObject(invalid);
      expect(await list(audra, everyEvent, 2, '')).toMatchObject(invalid);
    });
  });
});
