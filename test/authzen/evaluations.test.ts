import { describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { usePosternServer } from '../support/postern-server.ts';
import { entity, evaluation, type Posted, post } from './support/authzen-client.ts';
import { papers } from './support/papers.ts';

const server = usePosternServer(useDatabase(), {
  store: papers,
  environment: { POSTERN_AUTHZEN_URL: 'https://access.example' },
});
const evaluateAll = (body: unknown, posted?: Posted) => post(server(), 'evaluations', body, posted);

const yes = 'user:ann can_edit paper:1';
const no = 'user:bob can_edit paper:1';
const undecided = 'user:cat can_edit paper:1';
const decisionsOf = (body: unknown) =>
  (body as { readonly evaluations: readonly { readonly decision: boolean }[] }).evaluations.map(
    ({ decision }) => decision,
  );
const wrong = (message: string) => ({ decision: false, context: { error: { status: 400, message } } });

describe('an item', () => {
  const defaults = evaluation(yes);

  test.each<[what: string, item: unknown, answer: object]>([
    ['has the defaults', {}, { decision: true }],
    ['says who', { subject: entity('user:bob') }, { decision: false }],
    ['says what on', { resource: entity('paper:2') }, { decision: true }],
    ['replaces a member as a whole', { subject: { type: 'user' } }, wrong('"subject.id" is missing.')],
    ['that says null has no default instead', { subject: null }, wrong('"subject" is not an object.')],
    ['of another form', 'user:ann', wrong('The evaluation is not an object.')],
    ['that is a list', [], wrong('The evaluation is not an object.')],
    ['that is null', null, wrong('The evaluation is not an object.')],
    ['with an action of another form', { action: { name: 7 } }, wrong('"action.name" is not text.')],
    ['with a context of another form', { context: [] }, wrong('"context" is not an object.')],
    [
      'about everybody',
      { subject: entity('user:*') },
      { decision: false, context: { code: 'BAD_USER_INPUT', status: 400 } },
    ],
    [
      'with a name that nobody knows',
      { action: { name: 'fly' } },
      { decision: false, context: { code: 'UNKNOWN_RELATION', status: 400 } },
    ],
    [
      'without a value',
      { subject: entity('user:cat') },
      { decision: false, context: { code: 'MISSING_CONTEXT', status: 400 } },
    ],
  ])('%s, and the others are answered', async (_what, item, answer) => {
    const { status, body } = await evaluateAll({ ...defaults, evaluations: [{}, item, {}] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ evaluations: [{ decision: true }, answer, { decision: true }] });
  });

  test('that is denied or allowed has a decision and nothing else', async () => {
    const { body } = await evaluateAll({ evaluations: [evaluation(yes), evaluation(no)] });
    expect(body).toEqual({ evaluations: [{ decision: true }, { decision: false }] });
  });

  test('has a context of its own or that of all, and properties beside it', async () => {
    const resource = entity('paper:1', { status: 'open' });
    const defaults = { subject: entity('user:cat'), action: { name: 'can_edit' }, context: { hour: 9 } };
    const late = { resource, context: { hour: 19 } };
    const { body } = await evaluateAll({
      ...defaults,
      evaluations: [{ resource }, late, { resource: entity('paper:1') }, { resource }],
    });
    expect(decisionsOf(body)).toEqual([true, false, false, true]);
  });
});

describe('the answer ends where it is told to', () => {
  const worlds = [yes, no, undecided];
  /** All ways of asking three things. */
  const lists = worlds.flatMap((a) => worlds.flatMap((b) => worlds.map((c) => [a, b, c])));
  /** As somebody would who asks one after the other. */
  const naive: Readonly<Record<string, (decision: boolean) => boolean>> = {
    execute_all: () => false,
    deny_on_first_deny: (decision) => !decision,
    permit_on_first_permit: (decision) => decision,
  };

  test.each(Object.entries(naive))('%s', async (evaluations_semantic, isLast) => {
    for (const list of lists) {
      const expected: boolean[] = [];
      for (const text of list) {
        const single = await post(server(), 'evaluation', evaluation(text));
        const { decision } = single.body as { readonly decision: boolean };
        expected.push(decision);
        if (isLast(decision)) break;
      }
      const evaluations = list.map((text) => evaluation(text));
      const { body } = await evaluateAll({ options: { evaluations_semantic }, evaluations });
      expect(decisionsOf(body), list.join(', ')).toEqual(expected);
    }
  });
});

test.each<[what: string, more: object]>([
  ['no list', {}],
  ['an empty list', { evaluations: [] }],
])('with %s it is one evaluation', async (_what, more) => {
  expect((await evaluateAll({ ...evaluation(yes), ...more })).body).toEqual({ decision: true });
  expect((await evaluateAll({ ...evaluation(no), ...more })).body).toEqual({ decision: false });
  expect((await evaluateAll({ ...evaluation(yes), subject: undefined, ...more })).status).toBe(400);
});

test('there are a thousand, and no more', async () => {
  const of = (count: number) => ({ ...evaluation(yes), evaluations: Array.from({ length: count }, () => ({})) });
  const { body } = await evaluateAll(of(1000));
  expect(new Set(decisionsOf(body))).toEqual(new Set([true]));
  expect(decisionsOf(body)).toHaveLength(1000);
  const refused = await evaluateAll(of(1001));
  expect(refused).toMatchObject({
    status: 400,
    errors: [{ message: 'There are at most 1000 evaluations in a request; there are 1001.' }],
  });
});

test('a few bytes that all items share do not become megabytes of contexts', async () => {
  const context = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`v${n}`, n]));
  const evaluations = Array.from({ length: 1000 }, (_, n) => ({ resource: entity('paper:1', { n }) }));
  const refused = await evaluateAll({ ...evaluation(yes), context, evaluations });
  expect(refused).toMatchObject({ status: 400, errors: [{ message: expect.stringMatching(/^With what they share/) }] });
  const shared = await evaluateAll({ ...evaluation(yes), context, evaluations: evaluations.map(() => ({})) });
  expect(shared.status).toBe(200);
});

test.each<[what: string, more: object, message: string]>([
  ['a list that is none', { evaluations: {} }, '"evaluations" is not a list.'],
  ['a list that is null', { evaluations: null }, '"evaluations" is not a list.'],
  ['a default of another form', { subject: 'user:ann', evaluations: [{}] }, '"subject" is not an object.'],
  ['options of another form', { options: [], evaluations: [{}] }, '"options" is not an object.'],
  [
    'a semantic that there is not',
    { options: { evaluations_semantic: 'deny_on_first_den' }, evaluations: [{}] },
    '"options.evaluations_semantic" "deny_on_first_den" is not one of execute_all, deny_on_first_deny, permit_on_first_permit. Did you mean "deny_on_first_deny"?',
  ],
  [
    'a semantic of another form',
    { options: { evaluations_semantic: null }, evaluations: [{}] },
    '"options.evaluations_semantic" is not text.',
  ],
])('%s is refused', async (_what, more, message) => {
  expect(await evaluateAll({ ...evaluation(yes), ...more })).toMatchObject({ status: 400, errors: [{ message }] });
});

test('whoever may only ask about themselves is not told of anybody else between their own', async () => {
  const own = [evaluation('user:bob can_read paper:1'), evaluation(no)];
  const { body } = await evaluateAll({ evaluations: own }, { as: 'user:bob' });
  expect(body).toEqual({ evaluations: [{ decision: true }, { decision: false }] });
  const refused = await evaluateAll({ evaluations: [...own, evaluation(yes)] }, { as: 'user:bob' });
  expect([refused.status, refused.text.includes('decision":')]).toEqual([403, false]);
});
