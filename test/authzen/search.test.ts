import { describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { type PosternServer, startPosternServer, usePosternServer } from '../support/postern-server.ts';
import { entity, type Posted, post } from './support/authzen-client.ts';
import { papers } from './support/papers.ts';

const databaseUrl = useDatabase();
const environment = { POSTERN_AUTHZEN_URL: 'https://access.example', POSTERN_AUTHZEN_ACTIONS: 'plain' };
const server = usePosternServer(databaseUrl, { store: papers, environment });

interface Found {
  readonly results: readonly (string | { readonly type: string; readonly id: string })[];
  readonly page: { readonly next_token: string; readonly count: number };
  readonly context?: object;
}

const [ann, paper1] = [entity('user:ann'), entity('paper:1')];
const subjects = (action: string, resource: object = paper1) => ({
  subject: { type: 'user' },
  action: { name: action },
  resource,
});
const resources = (subject: object, action: string, type = 'paper') => ({
  subject,
  action: { name: action },
  resource: { type },
});
const ask = (search: string, body: unknown, posted?: Posted, of: PosternServer = server()) =>
  post(of, `search/${search}`, body, posted);

/** `user:ann`, or the name of an action. */
const namesIn = (body: unknown) =>
  ((body as Found).results as readonly { type?: string; id?: string; name?: string }[])
    .map(({ type, id, name }) => name ?? `${type}:${id}`)
    .toSorted();

test.each<[search: string, body: object, found: readonly string[], context?: object]>([
  ['subject', subjects('edit'), ['user:50%', 'user:ann'], { undecided: { MISSING_CONTEXT: 1 } }],
  ['subject', subjects('can_edit', entity('paper:2')), ['user:ann']],
  ['subject', { ...subjects('edit', entity('paper:2')), subject: entity('user:nobody') }, ['user:ann']],
  ['subject', subjects('edit', entity('paper:none')), []],
  [
    'subject',
    { ...subjects('edit'), context: { resource_status: 'open', hour: 9 } },
    ['user:50%', 'user:ann', 'user:cat'],
  ],
  ['subject', subjects('read', entity('paper:9')), [], { everybody: true }],
  ['subject', subjects('fly'), [], { code: 'UNKNOWN_RELATION', status: 400 }],
  ['subject', { ...subjects('edit'), subject: { type: 'spaceship' } }, [], { code: 'UNKNOWN_TYPE', status: 400 }],
  ['subject', subjects('edit', entity('paper:*')), [], { code: 'BAD_USER_INPUT', status: 400 }],
  ['resource', resources(ann, 'edit'), ['paper:1', 'paper:2']],
  ['resource', { ...resources(ann, 'edit'), resource: entity('paper:7') }, ['paper:1', 'paper:2']],
  ['resource', resources(entity('user:nobody'), 'can_edit'), []],
  ['resource', resources(entity('user:nobody'), 'can_read'), ['paper:9']],
  ['resource', resources(entity('user:eve'), 'can_read'), []],
  ['resource', resources(entity('user:*'), 'can_read'), [], { code: 'BAD_USER_INPUT', status: 400 }],
  ['resource', resources(entity('user:cat'), 'can_edit'), [], { undecided: { MISSING_CONTEXT: 1 } }],
  ['resource', resources(ann, 'edit', 'spaceship'), [], { code: 'UNKNOWN_TYPE', status: 400 }],
  // Without "can_", unless there is another relation of that name.
  ['action', { subject: ann, resource: paper1 }, ['call', 'edit', 'manage_access', 'read']],
  ['action', { subject: entity('user:bob'), resource: paper1, action: { name: 7 } }, ['can_view', 'read']],
  ['action', { subject: entity('user:nobody'), resource: paper1 }, []],
  ['action', { subject: ann, resource: entity('spaceship:1') }, [], { code: 'UNKNOWN_TYPE', status: 400 }],
  ['action', { subject: entity('spaceship:1'), resource: paper1 }, [], { undecided: { UNKNOWN_TYPE: 5 } }],
  ['action', { subject: entity('user:cat'), resource: paper1 }, [], { undecided: { MISSING_CONTEXT: 4 } }],
])('search/%s %j', async (search, body, found, context) => {
  const answer = await ask(search, body);
  expect([answer.status, namesIn(answer.body)]).toEqual([200, found.toSorted()]);
  const { page, context: said } = answer.body as Found;
  expect(page).toEqual({ next_token: '', count: found.length });
  if (context === undefined) expect(said).toBe(undefined);
  else expect(said).toMatchObject(context);
});

test('what is found may be done', async () => {
  const actions = namesIn((await ask('action', { subject: ann, resource: paper1 })).body);
  const evaluations = actions.map((name) => ({ action: { name } }));
  const { body } = await post(server(), 'evaluations', { subject: ann, resource: paper1, evaluations });
  expect(body).toEqual({ evaluations: actions.map(() => ({ decision: true })) });
});

test.each<[search: string, body: object, message: string]>([
  ['subject', { ...subjects('edit'), action: undefined }, '"action" is missing.'],
  ['subject', { ...subjects('edit'), resource: { type: 'paper' } }, '"resource.id" is missing.'],
  ['subject', { ...subjects('edit'), subject: {} }, '"subject.type" is missing.'],
  ['resource', { ...resources(ann, 'edit'), subject: { type: 'user' } }, '"subject.id" is missing.'],
  ['resource', { ...resources(ann, 'edit'), resource: undefined }, '"resource" is missing.'],
  ['action', { subject: { type: 'user' }, resource: paper1 }, '"subject.id" is missing.'],
  ['action', { subject: ann }, '"resource" is missing.'],
  ['action', { subject: ann, resource: paper1, page: { limit: 0 } }, '"page.limit" is not a whole number from 1.'],
  ['action', { subject: ann, resource: paper1, page: { limit: '5' } }, '"page.limit" is not a whole number from 1.'],
  ['action', { subject: ann, resource: paper1, page: { token: 7 } }, '"page.token" is not text.'],
  ['action', { subject: ann, resource: paper1, page: 'x' }, '"page" is not an object.'],
])('search/%s %j is refused', async (search, body, message) => {
  expect(await ask(search, body)).toMatchObject({ status: 400, errors: [{ message }] });
});

const searches: readonly (readonly [search: string, body: object, other: object])[] = [
  ['subject', { ...subjects('edit'), context: { resource_status: 'open', hour: 9 } }, subjects('edit')],
  ['resource', resources(ann, 'edit'), resources(ann, 'can_edit')],
  ['action', { subject: ann, resource: paper1 }, { subject: ann, resource: entity('paper:2') }],
];

describe.each(searches)('the pages of search/%s', (search, body, other) => {
  const page = async (more: object, of: object = body, posted?: Posted) => ask(search, { ...of, page: more }, posted);

  test.each([1, 2, 100, 5000])('of %d hold everything once, and the last one says that it is', async (limit) => {
    const whole = namesIn((await ask(search, body)).body);
    const found: string[] = [];
    let token = '';
    do {
      const { status, body: got } = await page({ limit, token });
      expect(status).toBe(200);
      expect(namesIn(got).length).toBeLessThanOrEqual(limit);
      found.push(...namesIn(got));
      token = (got as Found).page.next_token;
    } while (token !== '');
    expect(found.toSorted()).toEqual(whole);
  });

  test('are of one question and one asker', async () => {
    const { body: first } = await page({ limit: 1 });
    const token = (first as Found).page.next_token;
    expect(token).not.toBe('');
    const refused = [
      await page({ token }, other),
      await page({ token }, { ...body, context: { else: 1 } }),
      await page({ token }, body, { as: 'service:other' }),
      await page({ token: changed(token) }),
      await page({ token: 'x'.repeat(3000) }),
    ];
    for (const answer of refused) {
      expect([answer.status, answer.text.includes('"results"')]).toEqual([400, false]);
      expect(answer.errors[0]?.message).toMatch(/none of this list/);
    }
  });
});

/** In its middle: at the end there may be bits that say nothing, or just what is written there. */
function changed(token: string): string {
  const at = Math.floor(token.length / 2);
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}

describe('whoever may not ask about any subject', () => {
  const bob = entity('user:bob');

  test.each<[search: string, body: object, found: readonly string[]]>([
    ['resource', resources(bob, 'read'), ['paper:1', 'paper:9']],
    ['resource', { ...resources(bob, 'read'), context: { territory: 'NO' } }, ['paper:1', 'paper:9']],
    ['action', { subject: bob, resource: paper1 }, ['can_view', 'read']],
    ['action', { subject: bob, resource: paper1, context: { hour: 1 } }, ['can_view', 'read']],
  ])('is answered about themselves: search/%s %j', async (search, body, found) => {
    const answer = await ask(search, body, { as: 'user:bob' });
    expect([answer.status, namesIn(answer.body)]).toEqual([200, found.toSorted()]);
  });

  test.each<[search: string, body: object]>([
    ['resource', resources(ann, 'read')],
    ['action', { subject: ann, resource: paper1 }],
    ['subject', subjects('read')],
  ])('is refused about others: search/%s %j', async (search, body) => {
    const refused = await ask(search, body, { as: 'user:bob' });
    expect([refused.status, refused.text.includes('"results"')]).toEqual([403, false]);
  });

  test('is answered who may do something with what they administer', async () => {
    const answer = await ask('subject', subjects('edit', entity('paper:2')), { as: 'user:ann' });
    expect([answer.status, namesIn(answer.body)]).toEqual([200, ['user:ann']]);
  });
});

test('ids that no object can have are written with "%" where that is wanted, and back', async () => {
  const encoded = { ...environment, POSTERN_AUTHZEN_ID_ENCODING: 'percent' };
  const other = await startPosternServer({ databaseUrl: databaseUrl(), environment: encoded });
  try {
    const holder = entity('user:a:b');
    const found = await ask('resource', resources(holder, 'edit'), {}, other);
    expect(namesIn(found.body)).toEqual(['paper:https://x']);
    const { body } = await post(other, 'evaluation', {
      subject: holder,
      action: { name: 'edit' },
      resource: entity('paper:https://x'),
    });
    expect(body).toEqual({ decision: true });
    // What was stored without "%" in mind is nobody's name there.
    const holders = await ask('subject', subjects('edit'), {}, other);
    expect(holders.body).toMatchObject({ results: [ann], context: { unnamable: 1 } });
    // What a thousand items share is read for each of them: what is much too long is not looked through, let alone written anew.
    const long = ':'.repeat(400_000);
    const shared = [
      { subject: entity(`user:${long}`) },
      { resource: entity(`paper:${long}`) },
      { subject: { type: long, id: 'ann' } },
      { action: { name: long } },
    ];
    for (const one of shared) {
      const evaluations = Array.from({ length: 1000 }, () => ({}));
      const all = { subject: holder, action: { name: 'edit' }, resource: entity('paper:https://x') };
      const answer = await post(other, 'evaluations', { ...all, ...one, evaluations });
      expect([answer.status, answer.text.includes('"decision":true'), answer.text.length < 500_000]).toEqual([
        200,
        false,
        true,
      ]);
    }
  } finally {
    await other.stop();
  }
});
