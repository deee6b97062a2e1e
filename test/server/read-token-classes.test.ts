import { expect, test } from 'vitest';
import { readTokenClasses } from '../../src/server/identity/read-token-classes.ts';

const secret = 'hunter2';
const entry = {
  subjectType: 'user',
  issuer: 'https://id.example',
  audience: 'postern',
  jwksUrl: 'https://id.example/k',
};

function problemsOf(...entries: readonly unknown[]): readonly string[] {
  const classes = readTokenClasses({ POSTERN_TOKEN_CLASSES: JSON.stringify(entries) }, 'production');
  return classes.ok ? [] : classes.problem;
}

const place = 'POSTERN_TOKEN_CLASSES[0]';
const algorithms = 'RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, Ed25519';
const classProblems: readonly (readonly [Readonly<Record<string, unknown>>, string])[] = [
  [{ issuer: undefined }, `${place}.issuer is missing.`],
  [{ audience: undefined }, `${place}.audience is missing.`],
  [{ jwksUrl: undefined }, `${place}.jwksUrl is missing.`],
  [{ subjectType: undefined }, `${place}.subjectType is missing.`],
  [{ issuer: '' }, `${place}.issuer "" is empty.`],
  [{ audience: '' }, `${place}.audience "" is empty.`],
  [{ audience: ['postern'] }, `${place}.audience ["postern"] is not text.`],
  [{ audiance: 'x' }, `${place} has no setting "audiance". Did you mean "audience"?`],
  [{ subjectType: 'user:x' }, `${place}.subjectType "user:x" contains "#", ":", "*" or "@".`],
  [
    { jwksUrl: 'http://id.example/k' },
    `${place}.jwksUrl "http://id.example/k" is not an https:// address, as production requires.`,
  ],
  [{ jwksUrl: 'file:///etc/passwd' }, `${place}.jwksUrl "file:///etc/passwd" is not an https:// address.`],
  [{ jwksUrl: 'keys' }, `${place}.jwksUrl "keys" is not an https:// address.`],
  [
    { jwksUrl: `https://u:${secret}@id.example/k` },
    `${place}.jwksUrl "https://…@id.example/k" carries a user or password, which is not supported.`,
  ],
  [{ subjectEncoding: 'base64' }, `${place}.subjectEncoding "base64" is not one of none, percent.`],
  [{ algorithms: [] }, `${place}.algorithms [] lists no algorithm.`],
  [{ algorithms: ['none'] }, `${place}.algorithms[0] "none" would accept tokens without a signature.`],
  [
    { algorithms: ['RS256', 'HS256'] },
    `${place}.algorithms[1] "HS256" is symmetric: whoever could check a token could also make one.`,
  ],
  [{ algorithms: ['RS265'] }, `${place}.algorithms[0] "RS265" is not one of ${algorithms}. Did you mean "RS256"?`],
  [
    { subjectEncoding: 'percnt' },
    `${place}.subjectEncoding "percnt" is not one of none, percent. Did you mean "percent"?`,
  ],
  [{ context: { current_time: 'x' } }, `${place}.context "current_time" is always the database's clock.`],
  [{ context: { 'a b': 'x' } }, `${place}.context "a b" is not the name of a condition parameter.`],
  [{ context: { territory: 5 } }, `${place}.context.territory 5 is not text.`],
  [{ vouchesFor: ['current_time'] }, `${place}.vouchesFor[0] "current_time" is always the database's clock.`],
  [{ doors: [] }, `${place}.doors [] lists no door.`],
  [{ doors: ['authzn'] }, `${place}.doors[0] "authzn" is not one of graphql, authzen, mcp. Did you mean "authzen"?`],
  [{ doors: 'authzen' }, `${place}.doors "authzen" is not a list.`],
  [{ mayApprove: 'yes' }, `${place}.mayApprove "yes" is not one of no, recent-login, any-login.`],
  [{ vouchesFor: ['a b'] }, `${place}.vouchesFor[0] "a b" is not the name of a condition parameter.`],
  [{ actor: {} }, `${place}.actor.subjectType is missing.`],
  [{ actor: 'agent' }, `${place}.actor "agent" is not an object.`],
  [{ actor: { subjectType: 'a:b' } }, `${place}.actor.subjectType "a:b" contains "#", ":", "*" or "@".`],
  [{ actor: { subjectTyp: 'agent' } }, `${place}.actor has no setting "subjectTyp". Did you mean "subjectType"?`],
  [
    { actor: { subjectType: 'agent', claim: 'act..sub' } },
    `${place}.actor.claim "act..sub" is not the name of a claim, nor names with "." between them, as in "act.sub".`,
  ],
  [
    { actor: { subjectType: 'agent', claim: 'act.act.sub' } },
    `${place}.actor.claim "act.act.sub" names who acted before, and not who acts now.`,
  ],
  [
    { actor: { subjectType: 'agent', permission: 'principal' } },
    `${place}.actor.permission "principal" is not a permission: those are named "can_…".`,
  ],
  [{ actor: { subjectType: 'agent', required: 'yes' } }, `${place}.actor.required "yes" is not true or false.`],
  [
    { actor: { subjectType: 'agent', subjectEncoding: 'hex' } },
    `${place}.actor.subjectEncoding "hex" is not one of none, percent.`,
  ],
];

test.each(classProblems)('production refuses a token class with %j', (changes, problem) => {
  expect(problemsOf({ ...entry, ...changes })).toEqual([problem]);
});

test('two classes with one issuer and audience are refused, others are not', () => {
  const other = { ...entry, subjectType: 'employee' };
  expect(problemsOf(entry, other)).toEqual([
    'POSTERN_TOKEN_CLASSES lists the issuer "https://id.example" with the audience "postern" twice.',
  ]);
  expect(problemsOf(entry, { ...other, audience: 'admin' })).toEqual([]);
});

test('classes of one subject type that encode differently are refused: one id could be two callers', () => {
  const encoded = { ...entry, issuer: 'https://cluster.example', subjectEncoding: 'percent' };
  expect(problemsOf(entry, encoded)).toEqual([
    'POSTERN_TOKEN_CLASSES lists classes of the subject type "user" with different settings of "subjectEncoding": ' +
      'use the same for all of them, or give them types of their own.',
  ]);
  expect(problemsOf(entry, { ...encoded, subjectType: 'service' })).toEqual([]);
  expect(problemsOf({ ...entry, subjectEncoding: 'percent' }, encoded)).toEqual([]);
});

test.each([
  [undefined, ['graphql']],
  [['authzen'], ['authzen']],
  [
    ['graphql', 'authzen'],
    ['graphql', 'authzen'],
  ],
])('of doors %j, tokens are for %j', (doors, accepted) => {
  const classes = readTokenClasses({ POSTERN_TOKEN_CLASSES: JSON.stringify([{ ...entry, doors }]) }, 'production');
  expect(classes).toMatchObject({ ok: true, value: [{ doors: new Set(accepted) }] });
});

test('whoever acts for callers is encoded as in the classes of its type', () => {
  const agents = { ...entry, issuer: 'https://agents.example', subjectType: 'agent', subjectEncoding: 'percent' };
  expect(problemsOf({ ...entry, actor: { subjectType: 'agent' } }, agents)).toEqual([
    'POSTERN_TOKEN_CLASSES lists classes of the subject type "agent" with different settings of "subjectEncoding": ' +
      'use the same for all of them, or give them types of their own.',
  ]);
  expect(problemsOf({ ...entry, actor: { subjectType: 'agent', subjectEncoding: 'percent' } }, agents)).toEqual([]);
});

test.each([
  [{}, { claim: ['act', 'sub'], required: false, permission: 'can_act_for', subjectEncoding: 'none' }],
  [
    { claim: 'azp', required: true },
    { claim: ['azp'], required: true },
  ],
  [{ claim: 'https://a.example/agent' }, { claim: ['https://a.example/agent'] }],
])('an actor of %j is read as %j', (actor, read) => {
  const text = JSON.stringify([{ ...entry, actor: { subjectType: 'agent', ...actor } }]);
  expect(readTokenClasses({ POSTERN_TOKEN_CLASSES: text }, 'production')).toMatchObject({
    value: [{ actor: { subjectType: 'agent', ...read } }],
  });
});

test('development takes keys over http', () => {
  const text = JSON.stringify([{ ...entry, jwksUrl: 'http://localhost:9/k' }]);
  const keys = { kind: 'remote', url: 'http://localhost:9/k' };
  const classes = readTokenClasses({ POSTERN_TOKEN_CLASSES: text }, 'development');
  expect(classes).toMatchObject({ ok: true, value: [{ keys }] });
});
