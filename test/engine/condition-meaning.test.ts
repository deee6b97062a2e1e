import { describe, expect, test } from 'vitest';
import { WrittenNumber } from '../../src/base/exact-number.ts';
import { formatModelProblem } from '../../src/model/model-source.ts';
import { parseModel, parseStoredModel } from '../../src/model/parse-model.ts';
import { decide } from '../support/decide.ts';
import { check, dsl, relationship } from '../support/parse.ts';

type Values = Readonly<Record<string, unknown>>;

/** The outcome of a check that hangs on one condition; `written` stands with the relationship, `asked` in the question. */
async function outcome(definition: string, written: Values, asked: Values): Promise<string | undefined> {
  const text = dsl({ user: {}, vault: { opener: '[user with c]' } }, { c: definition });
  const relationships = [relationship('vault:1#opener@user:ann', { condition: ['c', written] })];
  const [answer] = await decide({ dsl: text, relationships }, check('vault:1#opener@user:ann', asked));
  return answer;
}

describe('whole numbers are seconds since 1970', () => {
  test.each<[what: string, definition: string, written: Values, asked: Values, answer: string]>([
    [
      'not before an instant',
      '(at: timestamp, valid_from: int) {\n  at >= timestamp(valid_from)\n}',
      { valid_from: 4102444800 },
      { at: '2026-11-29T12:00:00Z' },
      'denied',
    ],
    [
      'ten seconds ago',
      '(at: timestamp, auth_time: int) {\n  at - timestamp(auth_time) < duration("15m")\n}',
      {},
      { at: '2026-11-29T12:00:10Z', auth_time: 1795953600 },
      'allowed',
    ],
    [
      'there and back',
      '(at: timestamp) {\n  timestamp(int(at)) == at\n}',
      {},
      { at: '2026-11-29T12:00:00Z' },
      'allowed',
    ],
  ])('%s', async (_what, definition, written, asked, answer) => {
    expect(await outcome(definition, written, asked)).toBe(answer);
  });
});

describe('text that is not what it is taken for has no answer, and never a yes', () => {
  test.each<[definition: string, values: Values]>([
    ['(quota: string) {\n  int(quota) < 5\n}', { quota: '' }],
    ['(quota: string) {\n  int(quota) < 5\n}', { quota: '0x3' }],
    ['(score: string) {\n  !(double(score) >= 5.0)\n}', { score: 'n/a' }],
    ['(last: string) {\n  timestamp("2027-03-02T00:00:00Z") < timestamp(last)\n}', { last: '2027-02-31T00:00:00Z' }],
    ['(span: string) {\n  duration(span) < duration("1h")\n}', { span: '' }],
  ])('%s on %j', async (definition, values) => {
    expect(await outcome(definition, values, {})).toBe('CONDITION_FAILED');
  });
});

test('checks of one batch whose contexts look alike as JSON are answered each in its own', async () => {
  const text = dsl({ user: {}, vault: { opener: '[user with c]' } }, { c: '(level: uint) {\n  level > 1u\n}' });
  const relationships = [relationship('vault:1#opener@user:ann', { condition: ['c', {}] })];
  const number = '12345678901234567890';
  const checks = [{ level: new WrittenNumber(number) }, { level: { writtenNumber: number } }, { level: number }].map(
    (values) => check('vault:1#opener@user:ann', values),
  );
  const expected = ['allowed', 'INVALID_CONTEXT', 'allowed'];
  expect(await decide({ dsl: text, relationships }, ...checks)).toEqual(expected);
});

const incomparable: Readonly<Record<string, string>> = {
  not_level_nine: '(level: int) {\n  level != "9"\n}',
  not_home: '(ip: ipaddress) {\n  ip != "2001:DB8::1"\n}',
  below_nine: '(ip: ipaddress) {\n  ip < ipaddress("10.0.0.9")\n}',
  not_tagged: '(tags: list<int>) {\n  !("7" in tags)\n}',
};
const incomparableModel = dsl(
  {
    user: {},
    file: {
      reader: `[${Object.keys(incomparable)
        .map((name) => `user with ${name}`)
        .join(', ')}]`,
    },
  },
  incomparable,
);

test('conditions that compare what cannot be compared are refused, each with its place', () => {
  const parsed = parseModel({ kind: 'dsl', dsl: incomparableModel });
  expect(parsed.ok ? [] : parsed.problem.map(formatModelProblem)).toEqual([
    '8:9: In the condition "not_level_nine", the operator != is not defined for (int, string).',
    '11:6: In the condition "not_home", the operator != is not defined for (ipaddress, string).',
    '14:6: In the condition "below_nine", the operator < is not defined for (ipaddress, ipaddress).',
    '17:9: In the condition "not_tagged", the operator in is not defined for (string, list<int>).',
  ]);
});

test('a model that was published with such conditions goes on deciding everything else, and nothing by them', async () => {
  const parsed = parseStoredModel({ kind: 'dsl', dsl: incomparableModel });
  const condition = parsed.ok ? parsed.value.model.conditions.get('not_level_nine') : undefined;
  const message =
    'In the condition "not_level_nine", the operator != is not defined for (int, string). Publish a model without this mistake.';
  expect(condition?.evaluate(new Map([['level', 9]]))).toEqual({
    ok: false,
    problem: { code: 'CONDITION_FAILED', message },
  });
  expect([...(condition?.parameters.keys() ?? [])]).toEqual(['level']);
});

describe('a relationship whose condition has no answer', () => {
  const types = {
    user: {},
    team: { member: '[user, user:*]', blocked: '[user]', active: 'member but not blocked' },
    doc: { viewer: '[team#active with open]', reader: 'viewer', editor: '[user]', both: 'viewer and editor' },
  };
  const text = dsl(types, { open: '(hour: int) {\n  1 / hour > 0\n}' });
  const link = relationship('doc:1#viewer@team:1#active', { condition: ['open', { hour: 0 }] });
  const member = 'team:1#member@user:ann';

  test.each<[what: string, relationships: readonly string[], question: string, answer: string]>([
    ['has none where what is behind it is a yes', [member], 'doc:1#reader@user:ann', 'CONDITION_FAILED'],
    ['gives a no where what is behind it is a no', [], 'doc:1#reader@user:ann', 'denied'],
    ['also where it became one', [member, 'team:1#blocked@user:ann'], 'doc:1#reader@user:ann', 'denied'],
    ['is not asked beside a no', [member], 'doc:1#both@user:ann', 'denied'],
    ['has none for everybody', [], 'doc:1#reader@user:*', 'CONDITION_FAILED'],
    ['is asked beside a yes', [member, 'doc:1#editor@user:ann'], 'doc:1#both@user:ann', 'CONDITION_FAILED'],
  ])('%s', async (_what, relationships, question, answer) => {
    expect(await decide({ dsl: text, relationships: [link, ...relationships] }, question)).toEqual([answer]);
  });
});
