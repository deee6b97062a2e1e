import { beforeAll, describe, expect, test } from 'vitest';
import { formatObjectRef } from '../../src/model/object-ref.ts';
import { checkViewer } from '../../src/operations/access/check-viewer.ts';
import { explainPermission } from '../../src/operations/access/explain-permission.ts';
import { listViewerObjects } from '../../src/operations/access/list-accessible-objects.ts';
import { callerName, formatAsker, type Viewer } from '../../src/operations/actor.ts';
import { listAuditEvents } from '../../src/operations/audit/list-audit-events.ts';
import { watchViewerPermissions } from '../../src/operations/live/watch-viewer-permissions.ts';
import { listRelationships } from '../../src/operations/relationships/list-relationships.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { acts } from '../support/firm.ts';
import { context, dsl, object, relationship, subject } from '../support/parse.ts';
import {
  done,
  everyEvent,
  memoryAndReplica,
  operator,
  publish,
  signedIn,
  usePosternOn,
  write,
  writing,
} from '../support/postern.ts';

const model = dsl(
  {
    user: {},
    agent: { principal: '[user, user with break_glass]', can_act_for: 'principal', can_manage_access: 'principal' },
    platform: {
      operator: '[user, agent]',
      can_write_relationships: 'operator',
      can_read_relationships: 'operator',
    },
    team: { member: '[user, agent]', can_manage_access: 'member' },
    folder: { owner: '[user, agent]' },
    doc: {
      folder: '[folder]',
      owner: '[user, agent] or owner from folder',
      viewer: '[user, agent, user:*, agent:*, team#member, user with break_glass, user with here, agent with here]',
      finance: '[user, agent]',
      blocked: '[user, agent]',
      no_self_grant: 'finance',
      can_view: '(viewer or owner) but not blocked',
      can_manage_access: 'owner',
    },
  },
  { break_glass: '(open: bool) { open }', here: '(tenant: string) { tenant == "a" }' },
);

/** Somebody for whom an agent acts. */
function acting(user: string, agent: string, claims: { readonly user?: object; readonly agent?: object } = {}): Viewer {
  const of = (values: object | undefined) => context({ ...values });
  const delegate = {
    kind: 'agent',
    object: object(agent),
    context: of(claims.agent),
    permission: 'can_act_for',
  } as const;
  return { ...(signedIn(user) as Viewer), context: of(claims.user), delegate };
}

describe.each(memoryAndReplica)('an agent on %s', (kind) => {
  const postern = usePosternOn(kind);
  const ann = acting('user:ann', 'agent:bot');
  const view = async (viewer: Viewer, on: string) => {
    const [decision] = await checkViewer(postern(), viewer, [{ permission: 'can_view', object: object(on) }]);
    return decision?.kind === 'undecided' ? decision.problem.code : decision?.kind;
  };

  beforeAll(async () => {
    await publish(postern(), model);
    await write(postern(), [
      'agent:bot#principal@user:ann',
      'agent:ann#principal@user:ann',
      ...['user:ann', 'agent:bot'].flatMap((who) => [`doc:1#owner@${who}`, `team:t#member@${who}`]),
    ]);
  });

  test('has what both have, until it may not act, with the next revision', async () => {
    await write(postern(), ['agent:temp#principal@user:ann', 'doc:1#owner@agent:temp']);
    const temp = acting('user:ann', 'agent:temp');
    expect(await view(temp, 'doc:1')).toBe('allowed');
    await write(postern(), [], ['agent:temp#principal@user:ann']);
    expect(await view(temp, 'doc:1')).toBe('denied');
  });

  test('is nobody else, though it has the id of somebody', async () => {
    await write(postern(), ['doc:same#owner@user:ann']);
    expect(await view(acting('user:ann', 'agent:ann'), 'doc:same')).toBe('denied');
    await write(postern(), ['doc:same#owner@agent:ann']);
    expect(await view(acting('user:ann', 'agent:ann'), 'doc:same')).toBe('allowed');
    expect(await view(acting('user:ann', 'agent:bot'), 'doc:same')).toBe('denied');
  });

  test('is none of all users, and one of all agents', async () => {
    const bot = signedIn('agent:bot') as Viewer;
    await write(postern(), ['doc:users#viewer@user:*', 'doc:agents#viewer@agent:*']);
    expect([await view(bot, 'doc:users'), await view(bot, 'doc:agents')]).toEqual(['denied', 'allowed']);
    expect([await view(ann, 'doc:users'), await view(ann, 'doc:agents')]).toEqual(['denied', 'denied']);
  });

  test('on its own account has its own rights, and nobody else’s', async () => {
    await write(postern(), ['doc:bots#owner@agent:bot', 'doc:anns#owner@user:ann']);
    const bot = signedIn('agent:bot') as Viewer;
    expect([await view(bot, 'doc:bots'), await view(bot, 'doc:anns')]).toEqual(['allowed', 'denied']);
  });

  test('is judged by what the token says of it', async () => {
    const here = (who: string) => relationship(`doc:here#viewer@${who}`, { condition: ['here', {}] });
    await write(postern(), [here('user:ann'), here('agent:bot')]);
    const claims = { tenant: 'a' };
    expect(await view(acting('user:ann', 'agent:bot', { user: claims, agent: claims }), 'doc:here')).toBe('allowed');
    expect(await view(acting('user:ann', 'agent:bot', { user: claims }), 'doc:here')).toBe('MISSING_CONTEXT');
    const other = { user: claims, agent: { tenant: 'b' } };
    expect(await view(acting('user:ann', 'agent:bot', other), 'doc:here')).toBe('denied');
  });

  test('never has what somebody has by break-glass, and nobody is said to have used it', async () => {
    await write(postern(), [
      relationship('doc:alarm#viewer@user:ann', { condition: ['break_glass', { open: true }] }),
      'doc:alarm#viewer@agent:bot',
      relationship('agent:rescue#principal@user:ann', { condition: ['break_glass', { open: true }] }),
      'doc:1#owner@agent:rescue',
    ]);
    const page = { permission: 'can_view', type: 'doc', startsWith: 'alarm', first: 10, after: undefined };
    expect(await view(ann, 'doc:alarm')).toBe('DELEGATE_NOT_ALLOWED');
    expect(await view(acting('user:ann', 'agent:rescue'), 'doc:1')).toBe('DELEGATE_NOT_ALLOWED');
    const list = done(await listViewerObjects(postern(), ann, page));
    expect([list.objects, list.undecided.map(({ problem: { code } }) => code)]).toEqual([[], ['DELEGATE_NOT_ALLOWED']]);
    const reads = { ...everyEvent, action: 'breakGlassRead' };
    const events = async () =>
      done(await listAuditEvents(postern(), operator, reads, { first: 10, after: undefined })).events;
    expect(await events()).toEqual([]);
    expect(await view({ ...ann, delegate: undefined }, 'doc:alarm')).toBe('allowed');
    expect(await events()).toHaveLength(1);
  });

  test('hears of changes of its own rights, and of for whom it may act', async () => {
    const watcher = acting('user:ann', 'agent:watcher');
    const on = object('doc:watched');
    await write(postern(), ['doc:watched#viewer@user:ann']);
    const ended = new AbortController();
    const seen = watchViewerPermissions(postern(), watcher, { objects: [on] }, ended.signal);
    const next = async () => {
      const event = await seen.next();
      return event.done === true ? undefined : done(event.value).flatMap(({ granted }) => granted);
    };
    expect(await next()).toEqual([]);
    // Alone, none of it changes what is said.
    await write(postern(), ['agent:watcher#principal@user:ann']);
    await write(postern(), ['doc:watched#viewer@agent:watcher']);
    expect(await next()).toEqual(['can_view']);
    await write(postern(), [], ['agent:watcher#principal@user:ann']);
    expect(await next()).toEqual([]);
    await write(postern(), ['agent:watcher#principal@user:ann']);
    expect(await next()).toEqual(['can_view']);
    await write(postern(), [], ['doc:watched#viewer@agent:watcher']);
    expect(await next()).toEqual([]);
    ended.abort();
    await seen.return(undefined);
  });

  test('has pages as full as anybody’s, and cursors of its own', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `page-${String(index).padStart(2, '0')}`);
    const both = ids.filter((_id, index) => index % 5 === 0);
    await write(postern(), [
      ...ids.map((id) => `doc:${id}#viewer@user:ann`),
      ...both.map((id) => `doc:${id}#viewer@agent:bot`),
    ]);
    const page = { permission: 'can_view', type: 'doc', startsWith: 'page-', first: 4, after: undefined };
    const first = done(await listViewerObjects(postern(), ann, page));
    expect(first.objects.map(formatObjectRef)).toEqual(both.slice(0, 4).map((id) => `doc:${id}`));
    const after = first.lastId && first.cursorOf(first.lastId);
    const rest = done(await listViewerObjects(postern(), ann, { ...page, after }));
    expect([rest.objects.map(({ id }) => id), rest.hasMore]).toEqual([both.slice(4), false]);
    const others = [{ ...ann, delegate: undefined }, acting('user:ann', 'agent:ann'), signedIn('agent:bot') as Viewer];
    for (const other of others) {
      const refused = await listViewerObjects(postern(), other, { ...page, after });
      expect(refused).toMatchObject({ problem: { kind: 'invalid', errors: [{ code: 'INVALID_INPUT' }] } });
    }
  });

  test('is told why in three parts, with the roles that each of them lacks', async () => {
    await write(postern(), ['doc:why#owner@user:ann']);
    const question = { permission: 'can_view', object: object('doc:why'), context: context({}), contextual: [] };
    const explained = done(await explainPermission(postern(), ann, { ...question, subject: subject('user:ann') }));
    expect(explained.decision.kind).toBe('denied');
    expect(explained.parts.map(({ kind: part, decision, isDeciding }) => [part, decision.kind, isDeciding])).toEqual([
      ['subject', 'allowed', false],
      ['delegate', 'denied', true],
      ['acting', 'allowed', false],
    ]);
    const alone = done(
      await explainPermission(
        postern(),
        { ...ann, delegate: undefined },
        { ...question, subject: subject('user:ann') },
      ),
    );
    expect([alone.decision.kind, alone.parts]).toEqual(['allowed', []]);
  });
});

describe.each(memoryAndReplica)('what an agent writes on %s', (kind) => {
  const postern = usePosternOn(kind);
  const { grant, revoke, limit, transfer, offboard, retire, write: writes } = acts(postern);
  const ann = acting('user:ann', 'agent:bot');
  const codeOf = (result: Awaited<ReturnType<typeof grant | typeof offboard | typeof retire | typeof writes>>) => {
    if (result.ok) return 'done';
    const { problem } = result;
    if (problem.kind === 'invalid') return problem.errors.map(({ code }) => code).join(' ');
    return problem.kind === 'undecided' ? problem.problem.code : problem.kind;
  };

  beforeAll(async () => {
    await publish(postern(), model);
    await write(postern(), [
      'agent:bot#principal@user:ann',
      'agent:weak#principal@user:ann',
      ...['user:ann', 'agent:bot'].flatMap((who) => [
        ...[`doc:1#owner@${who}`, `team:t#member@${who}`, `folder:f#owner@${who}`, `platform:main#operator@${who}`],
      ]),
      'doc:1#viewer@user:old',
      'doc:1#viewer@user:carl',
    ]);
  });

  test('needs the right of both, and names both in the log', async () => {
    expect(codeOf(await grant(acting('user:ann', 'agent:weak'), 'doc:1#viewer@user:zoe'))).toBe('forbidden');
    expect(codeOf(await grant(acting('user:ann', 'agent:stranger'), 'doc:1#viewer@user:zoe'))).toBe('forbidden');
    expect(codeOf(await grant(ann, 'doc:1#viewer@user:zoe'))).toBe('done');
    expect(codeOf(await revoke(ann, 'doc:1#viewer@user:zoe'))).toBe('done');
    const involving = { ...everyEvent, involving: subject('agent:bot') };
    const page = done(await listAuditEvents(postern(), operator, involving, { first: 2, after: undefined }));
    expect(page.events.map(({ event }) => [event.actor, event.delegate, event.action, event.outcome])).toEqual([
      ['user:ann', 'agent:bot', 'revokeRole', 'done'],
      ['user:ann', 'agent:bot', 'grantRole', 'done'],
    ]);
  });

  test.each<[what: string, text: string]>([
    ['itself', 'doc:1#viewer@agent:bot'],
    ['the one it acts for', 'doc:1#viewer@user:ann'],
    ['all users', 'doc:1#viewer@user:*'],
    ['all agents', 'doc:1#viewer@agent:*'],
    ['a team that they are in', 'doc:1#viewer@team:t#member'],
    ['the one it acts for, what nobody gives themselves', 'doc:1#finance@user:ann'],
    ['itself, what nobody gives themselves', 'doc:1#finance@agent:bot'],
  ])('is never something for %s', async (_what, text) => {
    expect(codeOf(await grant(ann, text))).toBe('DELEGATE_NOT_ALLOWED');
    expect(codeOf(await writes(ann, [text], []))).toBe('DELEGATE_NOT_ALLOWED');
  });

  test('is nothing by a detour: a link, a transfer, a block that ends, anything about the agent', async () => {
    expect(codeOf(await writes(ann, ['doc:new#folder@folder:f'], []))).toBe('DELEGATE_NOT_ALLOWED');
    expect(codeOf(await transfer(ann, 'doc:1#viewer@user:old', 'user:ann'))).toBe('DELEGATE_NOT_ALLOWED');
    expect(codeOf(await limit(ann, 'doc:1#owner@agent:bot', new Date('2099-01-01')))).toBe('DELEGATE_NOT_ALLOWED');
    await write(postern(), ['doc:1#blocked@user:ann']);
    const unblocked = await writes(acting('user:ann', 'agent:bot'), [], ['doc:1#blocked@user:ann']);
    expect(codeOf(unblocked)).toBe('DELEGATE_NOT_ALLOWED');
    await write(postern(), [], ['doc:1#blocked@user:ann']);
    expect(codeOf(await grant(ann, 'agent:bot#principal@user:ceo'))).not.toBe('done');
    expect(codeOf(await writes(ann, ['agent:bot#principal@user:ceo'], []))).toBe('DELEGATE_NOT_ALLOWED');
    expect(codeOf(await writes(ann, ['doc:new#viewer@user:carl'], []))).toBe('done');
  });

  test('is never break-glass', async () => {
    const alarm = relationship('doc:1#viewer@user:dora', { condition: ['break_glass', { open: true }] });
    const input = writing([alarm]);
    expect(codeOf(await writeRelationships(postern(), ann, input))).toBe('DELEGATE_NOT_ALLOWED');
    const preview = await writeRelationships(postern(), ann, { ...input, dryRun: true });
    expect(codeOf(preview)).toBe('DELEGATE_NOT_ALLOWED');
  });

  test('is never an off-boarding or a retirement, and the log has that it was tried', async () => {
    expect(codeOf(await offboard(ann, 'user:carl'))).toBe('DELEGATE_NOT_ALLOWED');
    expect(codeOf(await retire(ann, 'doc:2'))).toBe('DELEGATE_NOT_ALLOWED');
    const denied = { ...everyEvent, outcome: 'denied' } as const;
    const page = done(await listAuditEvents(postern(), operator, denied, { first: 2, after: undefined }));
    expect(page.events.map(({ event }) => [event.action, event.delegate])).toEqual([
      ['retireObject', 'agent:bot'],
      ['offboardSubject', 'agent:bot'],
    ]);
  });

  test('is not what somebody wrote themselves with the same key', async () => {
    const idempotency = { key: 'one-key', request: ['grant'] };
    const own = { ...ann, delegate: undefined };
    expect(codeOf(await grant(own, 'doc:1#viewer@user:idle', idempotency))).toBe('done');
    expect(codeOf(await grant(own, 'doc:1#viewer@user:idle', idempotency))).toBe('done');
    expect(codeOf(await grant(acting('user:ann', 'agent:weak'), 'doc:1#viewer@user:idle', idempotency))).toBe(
      'forbidden',
    );
    expect(codeOf(await grant(ann, 'doc:1#viewer@user:idle', idempotency))).toBe('ALREADY_EXISTS');
  });
});

test.each<[Viewer, string]>([
  [acting('user:ann', 'agent:bot'), '["user:ann","agent:bot"]'],
  [acting('user:ann', 'agent:ann'), '["user:ann","agent:ann"]'],
  [{ ...acting('user:ann', 'agent:bot'), delegate: { kind: 'recorded', name: 'agent:bot' } }, 'user:ann'],
  [signedIn('user:ann') as Viewer, 'user:ann'],
])('what is theirs alone is another’s than what is somebody’s own', (viewer, name) => {
  expect([formatAsker(viewer), callerName(viewer)]).toEqual([name, name]);
});

describe('a model that does not say for whom agents act', () => {
  const postern = usePosternOn('postgres');
  const rights = [
    { permission: 'can_view', object: object('doc:1') },
    { permission: 'can_view', object: object('doc:none') },
  ];

  test.each<[what: string, types: Readonly<Record<string, Readonly<Record<string, string>>>>]>([
    ['has no such type', {}],
    ['has no such permission', { agent: {} }],
  ])('as it %s: nothing is allowed, and that is no ordinary denial', async (_what, types) => {
    const platform = { reader: '[user]', can_read_relationships: 'reader' };
    const doc = { viewer: '[user]', can_view: 'viewer' };
    const notices: string[] = [];
    const warnings: string[] = [];
    const setting = { place: 'HERE', type: 'agent', permission: 'can_act_for' };
    const told = {
      ...postern(),
      agents: [setting],
      notice: ({ code }: { readonly code: string }) => void notices.push(code),
      warn: (message: string) => void warnings.push(message),
    };
    await publish(told, dsl({ user: {}, platform, doc, ...types }));
    expect([notices, warnings.length]).toEqual([['AGENTS_UNDEFINED'], 1]);
    const input = writing(['doc:1#viewer@user:ann', 'platform:main#reader@user:ann'], [], { onDuplicate: 'IGNORE' });
    done(await writeRelationships(postern(), operator, input));
    const ann = acting('user:ann', 'agent:bot');
    const decisions = await checkViewer(postern(), ann, rights);
    expect(decisions).toMatchObject([
      { kind: 'undecided', problem: { code: 'DELEGATION_UNDEFINED' } },
      { kind: 'denied' },
    ]);
    const listed = await listRelationships(postern(), ann, {}, { first: 1, after: undefined });
    expect(listed).toMatchObject({ problem: { kind: 'undecided', problem: { code: 'DELEGATION_UNDEFINED' } } });
    const page = { permission: 'can_view', type: 'doc', first: 1, after: undefined };
    expect(await listViewerObjects(postern(), ann, page)).toMatchObject({ problem: { kind: 'undecided' } });
  });
});
