import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Decision } from '../../src/model/decision.ts';
import { checkPermissions } from '../../src/operations/access/check-permissions.ts';
import { checkViewer } from '../../src/operations/access/check-viewer.ts';
import { listViewerObjects } from '../../src/operations/access/list-accessible-objects.ts';
import { listViewerPermissions } from '../../src/operations/access/list-viewer-permissions.ts';
import type { Viewer } from '../../src/operations/actor.ts';
import { replayAuditLog } from '../../src/operations/audit/replay-audit-log.ts';
import { verifyAuditLog } from '../../src/operations/audit/verify-audit-log.ts';
import { watchViewerPermissions } from '../../src/operations/live/watch-viewer-permissions.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { Watches } from '../../src/store/watches.ts';
import { useDatabase } from '../support/database.ts';
import { observedReader, observedStore } from '../support/observed-store.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { check, dsl, object, relationship } from '../support/parse.ts';
import { done, publish, signedIn, usePostern, write } from '../support/postern.ts';

const database = useDatabase();
const postern = usePostern(database);
let owner: Sql;

const condition = '(ticket: string, open: bool) { open && ticket != "" }';
const model = dsl(
  {
    user: {},
    team: { member: '[user, user with break_glass, team#member]' },
    org: { support: '[user with break_glass, team#member]' },
    doc: {
      org: '[org]',
      owner: '[user, team#member]',
      support: '[user with break_glass, user with break_glass_night]',
      guest: '[user with ordinary]',
      hidden: '[user]',
      revealed: '[user with break_glass]',
      veiled: 'hidden but not revealed',
      barred: '[user with break_glass]',
      can_view: 'owner or support or support from org',
      can_edit: 'owner',
      can_visit: 'guest',
      can_sign: 'owner and support',
      can_peek: 'owner but not veiled',
      can_stay: 'owner but not barred',
    },
  },
  { break_glass: condition, break_glass_night: condition, ordinary: condition },
);

const opened = { ticket: 'T-1', open: true };
const byGlass = (text: string, name = 'break_glass', context: object = opened) =>
  relationship(text, { condition: [name, { ...context }] });

beforeAll(async () => {
  owner = connectAsOwner(database());
  await publish(postern(), model);
  await write(postern(), [
    'doc:1#owner@user:olga',
    'doc:1#org@org:1',
    'doc:2#org@org:1',
    byGlass('doc:1#support@user:sam'),
    byGlass('doc:2#support@user:sam', 'break_glass_night'),
    byGlass('doc:3#support@user:sam', 'break_glass', { ticket: 'T-1', open: false }),
    byGlass('doc:1#support@user:olga'),
    byGlass('doc:1#guest@user:gus', 'ordinary'),
    byGlass('org:1#support@user:rex'),
    byGlass('team:night#member@user:tom'),
    'team:all#member@team:night#member',
    'team:night#member@team:all#member',
    'doc:4#owner@team:all#member',
    ...['user:ida', 'user:eve'].flatMap((user) => [`doc:5#owner@${user}`, `doc:5#hidden@${user}`]),
    byGlass('doc:5#revealed@user:ida'),
    'doc:6#owner@user:ida',
    byGlass('team:day#member@user:tom'),
    'doc:7#owner@team:day#member',
    byGlass('doc:6#barred@user:eve'),
  ]);
});

afterAll(() => owner.end());

const viewer = (text: string, values = {}) => signedIn(text, values) as Viewer;
const kindOf = ({ kind }: Decision) => kind;

/** Runs a read, and says what it left in the log. */
async function recordedBy<Value>(read: () => Promise<Value>) {
  const { length } = await postern().store.audit.head();
  const value = await read();
  const { events } = await postern().store.audit.events({}, 100, undefined);
  return { value, events: events.filter(({ id }) => id > length) };
}

const ask = (who: Viewer, ...texts: readonly string[]) =>
  checkViewer(
    postern(),
    who,
    texts.map((text) => {
      const [on = '', permission = ''] = text.split('#');
      return { object: object(on), permission };
    }),
  );

describe('a decision', () => {
  test.each<[what: string, who: string, question: string, decision: Decision['kind'], isRecorded: boolean]>([
    ['rests on break-glass', 'user:sam', 'doc:1#can_view', 'allowed', true],
    ['rests on a condition whose name begins so', 'user:sam', 'doc:2#can_view', 'allowed', true],
    ['is denied, because the glass is whole', 'user:sam', 'doc:3#can_view', 'denied', false],
    ['is denied for another reason', 'user:sam', 'doc:1#can_edit', 'denied', false],
    ['rests on another condition', 'user:gus', 'doc:1#can_visit', 'allowed', false],
    ['rests on nothing of the kind', 'user:olga', 'doc:1#can_edit', 'allowed', false],
    ['rests on both', 'user:olga', 'doc:1#can_view', 'allowed', true],
    ['needs both', 'user:olga', 'doc:1#can_sign', 'allowed', true],
    ['rests on it one object away', 'user:rex', 'doc:2#can_view', 'allowed', true],
    ['rests on it in a team in a team in a circle', 'user:tom', 'doc:4#can_edit', 'allowed', true],
    ['rests on what takes away what would take away', 'user:ida', 'doc:5#can_peek', 'allowed', true],
    ['is denied by what would be taken away', 'user:eve', 'doc:5#can_peek', 'denied', false],
    ['is allowed where somebody else is barred by it', 'user:ida', 'doc:6#can_stay', 'allowed', false],
  ])('that %s: %s %s is %s, recorded: %s', async (_what, who, question, decision, isRecorded) => {
    const { value, events } = await recordedBy(() => ask(viewer(who), question));
    expect(value.map(kindOf)).toEqual([decision]);
    const [on, permission] = question.split('#');
    const event = {
      actor: who,
      action: 'breakGlassRead',
      outcome: 'done',
      before: [],
      after: [{ object: on, permission }],
    };
    expect(events).toEqual(isRecorded ? [expect.objectContaining({ ...event, requestId: 'request-1' })] : []);
  });
});

test('a batch leaves one event, of what rests on break-glass in it', async () => {
  const { events } = await recordedBy(() =>
    ask(viewer('user:sam'), 'doc:1#can_view', 'doc:1#can_edit', 'doc:3#can_view', 'doc:2#can_view', 'doc:1#support'),
  );
  expect(events.map(({ after }) => after)).toEqual([
    [
      { object: 'doc:1', permission: 'can_view' },
      { object: 'doc:2', permission: 'can_view' },
      { object: 'doc:1', permission: 'support' },
    ],
  ]);
});

test('whatever the order of its questions', async () => {
  const { events } = await recordedBy(() => ask(viewer('user:tom'), 'team:day#member', 'doc:7#can_edit'));
  expect(events.map(({ after }) => after)).toEqual([
    [
      { object: 'team:day', permission: 'member' },
      { object: 'doc:7', permission: 'can_edit' },
    ],
  ]);
});

test('so do the permissions of objects', async () => {
  const objects = ['doc:1', 'doc:2', 'doc:3'].map(object);
  const { value, events } = await recordedBy(() => listViewerPermissions(postern(), viewer('user:sam'), objects));
  expect(value).toMatchObject({
    ok: true,
    value: [{ granted: ['can_view'] }, { granted: ['can_view'] }, { granted: [] }],
  });
  expect(events.map(({ after }) => after)).toEqual([
    [
      { object: 'doc:1', permission: 'can_view' },
      { object: 'doc:2', permission: 'can_view' },
    ],
  ]);
});

test('and a page of a list, of what is on it', async () => {
  const page = (first: number) =>
    listViewerObjects(postern(), viewer('user:rex'), { permission: 'can_view', type: 'doc', first, after: undefined });
  const { value, events } = await recordedBy(() => page(1));
  expect(done(value).objects).toEqual([object('doc:1')]);
  expect(events.map(({ after }) => after)).toEqual([[{ object: 'doc:1', permission: 'can_view' }]]);
  expect((await recordedBy(() => page(10))).events.map(({ after }) => after)).toEqual([
    [
      { object: 'doc:1', permission: 'can_view' },
      { object: 'doc:2', permission: 'can_view' },
    ],
  ]);
});

test('services that ask about others leave nothing', async () => {
  const checks = [check('doc:1#can_view@user:sam')];
  const input = { checks, contextual: [], modelId: undefined };
  const { value, events } = await recordedBy(() =>
    checkPermissions(postern(), { kind: 'console', command: 'test' }, input),
  );
  expect(done(value).decisions.map(kindOf)).toEqual(['allowed']);
  expect(events).toEqual([]);
});

test('what rests on nothing of the kind asks the store for nothing more, and writes nothing', async () => {
  const asked: string[] = [];
  const store = observedStore(postern().store, { asked: (method) => asked.push(method) });
  const question = [{ object: object('doc:1'), permission: 'can_edit' }];
  await checkViewer({ ...postern(), store }, viewer('user:olga'), question);
  expect(asked.filter((method) => method === 'write' || method === 'appendEvent')).toEqual([]);
  expect(asked).not.toEqual([]);
});

describe('when it cannot be recorded', () => {
  const reported: string[] = [];
  const quiet = () => ({ ...postern(), report: (message: string) => void reported.push(message) });
  const unavailable = { code: 'AUTHORIZATION_UNAVAILABLE' };

  beforeAll(async () => {
    await owner`create trigger refuse before insert on audit_event for each statement execute function refuse_audit_change()`;
  });
  afterAll(() => owner`drop trigger refuse on audit_event`);

  test.each<[what: string, read: () => Promise<unknown>, answer: unknown]>([
    [
      'a check',
      () => checkViewer(quiet(), viewer('user:sam'), [{ object: object('doc:1'), permission: 'can_view' }]),
      [{ kind: 'undecided', problem: unavailable }],
    ],
    [
      'the permissions of objects',
      () => listViewerPermissions(quiet(), viewer('user:sam'), [object('doc:1')]),
      { ok: false, problem: unavailable },
    ],
    [
      'a list',
      () =>
        listViewerObjects(quiet(), viewer('user:sam'), {
          permission: 'can_view',
          type: 'doc',
          first: 5,
          after: undefined,
        }),
      { ok: false, problem: { kind: 'undecided', problem: unavailable } },
    ],
  ])('%s is not answered', async (_what, read, answer) => {
    reported.length = 0;
    expect(await read()).toMatchObject(answer as object);
    expect(reported).toHaveLength(1);
  });

  test('and what needs no record is answered all the same', async () => {
    const asked = [{ object: object('doc:1'), permission: 'can_edit' }];
    expect((await checkViewer(quiet(), viewer('user:olga'), asked)).map(kindOf)).toEqual(['allowed']);
  });
});

test('the log stays sound, and replays', async () => {
  expect(await verifyAuditLog(postern().store.audit, { anchor: undefined })).toMatchObject({ ok: true });
  expect(await replayAuditLog(postern().store.audit)).toMatchObject({ differences: 0 });
});

test('a subscription records a break-glass read when its viewer hears of it, and not every two seconds', async () => {
  const left = new AbortController();
  const asked: string[] = [];
  const reader = observedReader(postern().store.liveReader, { asked: (method) => asked.push(method) });
  const watching = { ...postern().store, watches: new Watches(reader, postern().store.changes) };
  const before = await postern().store.audit.events({ action: 'breakGlassRead' }, 100, undefined);
  const events = watchViewerPermissions(
    { ...postern(), store: watching },
    viewer('user:sam'),
    { objects: [object('doc:1')] },
    left.signal,
  );
  expect((await events.next()).value).toMatchObject({ ok: true });
  const next = events.next();
  // Each write has it evaluated again; only the last one tells the viewer something.
  for (const user of ['user:x', 'user:y', 'user:z', 'user:sam']) {
    await write(postern(), [`doc:1#${user === 'user:sam' ? 'owner' : 'hidden'}@${user}`]);
    const times = asked.length;
    await expect.poll(() => asked.length).toBeGreaterThan(times);
  }
  await next;
  left.abort();
  await write(postern(), [], ['doc:1#owner@user:sam']);
  const after = await postern().store.audit.events({ action: 'breakGlassRead' }, 100, undefined);
  expect(after.events.length - before.events.length).toBeLessThanOrEqual(2);
});
