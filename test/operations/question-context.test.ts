import { expect, test } from 'vitest';
import { judgeContextOf } from '../../src/operations/access/question-context.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { context, dsl, model, subject } from '../support/parse.ts';
import { operator, signedIn } from '../support/postern.ts';

const ours = model(
  dsl(
    {
      user: {},
      doc: { viewer: '[user with local, user with asked]' },
      request: { runtime_parameters: '[user with here]' },
    },
    {
      local:
        '(territory: string, current_time: timestamp) { territory == "SE" && current_time > timestamp("2020-01-01T00:00:00Z") }',
      asked: '(level: int) { level > 1 }',
      here: '(territory: string) { territory != "" }',
    },
  ),
);

const vouching = (who: string, claims: object = {}): Actor => ({
  ...signedIn(who, { ...claims }),
  ...{ vouchesFor: new Set(['territory']) },
});

type Values = Readonly<Record<string, unknown>>;

/** What the facts of the question are, or the parameters that are refused. */
function judge(actor: Actor, about: string | undefined, sent: Values) {
  const asked = { model: ours, actor, subject: about === undefined ? undefined : subject(about), sent: context(sent) };
  const judged = judgeContextOf(asked);
  if (judged.ok) return Object.fromEntries(judged.value.facts);
  return judged.problem.kind === 'invalid' ? judged.problem.errors.map(({ field }) => field.join('.')) : undefined;
}

test.each<[what: string, actor: Actor, about: string | undefined, sent: Values, outcome: unknown]>([
  ['nothing is known of others', signedIn('user:ann', { territory: 'SE' }), 'user:bob', {}, {}],
  ['claims are of oneself', signedIn('user:ann', { territory: 'SE' }), 'user:ann', { level: 1 }, { territory: 'SE' }],
  ['nor are they of everybody', signedIn('user:ann', { territory: 'SE' }), undefined, {}, {}],
  ['the clock is not sent', operator, 'user:bob', { current_time: '2020-01-01T00:00:00Z' }, ['context.current_time']],
  ['nor is a claim', signedIn('service:ops'), 'user:bob', { territory: 'SE', level: 1 }, ['context.territory']],
  [
    'not even of oneself',
    signedIn('user:ann', { territory: 'SE' }),
    'user:ann',
    { territory: 'US' },
    ['context.territory'],
  ],
  ['unless the class vouches for it', vouching('service:ops'), 'user:bob', { territory: 'SE' }, { territory: 'SE' }],
  ['also in lists', vouching('service:ops'), undefined, { territory: 'SE' }, { territory: 'SE' }],
  [
    'never for the clock',
    vouching('service:ops'),
    'user:bob',
    { territory: 'SE', current_time: 1 },
    ['context.current_time'],
  ],
  [
    'and a claim of one’s own wins',
    vouching('user:ann', { territory: 'SE' }),
    'user:ann',
    { territory: 'US' },
    { territory: 'SE' },
  ],
])('%s', (_what, actor, about, sent, outcome) => {
  expect(judge(actor, about, sent)).toEqual(outcome);
});
