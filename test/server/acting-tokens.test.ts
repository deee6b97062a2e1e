import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Authentication, createAuthenticator } from '../../src/server/identity/authenticate.ts';
import type { ActorSetting } from '../../src/server/identity/token-class.ts';
import { viewerOf } from '../../src/server/identity/viewer-of.ts';
import { type KeyServer, startKeyServer } from './support/key-server.ts';
import {
  type Claims,
  claimsAt,
  makeClock,
  makeKey,
  optionsAt,
  type SigningKey,
  signToken,
  tokenClass,
} from './support/tokens.ts';

const clock = makeClock();
let key: SigningKey;
let server: KeyServer;

beforeAll(async () => {
  key = await makeKey('user-1');
  server = await startKeyServer(key.publicJwk);
});

afterAll(() => server[Symbol.asyncDispose]());

const usual: ActorSetting = {
  subjectType: 'agent',
  subjectEncoding: 'none',
  claim: ['act', 'sub'],
  required: false,
  permission: 'can_act_for',
};

async function authenticate(claims: Claims, setting: Partial<ActorSetting> = {}): Promise<Authentication> {
  const context = new Map([
    ['tenant', 'tenant'],
    ['current_time', 'now'],
  ]);
  const one = tokenClass(server.url, { actor: { ...usual, ...setting }, context });
  const token = await signToken(key, claimsAt(clock, claims));
  return await createAuthenticator([one], optionsAt(clock)).authenticate(`Bearer ${token}`);
}

const agent = (id: string, context: Claims = {}) => ({
  kind: 'agent',
  object: { type: 'agent', id },
  context: new Map(Object.entries(context)),
  permission: 'can_act_for',
});

describe('whoever acts is', () => {
  test.each<[what: string, claims: Claims, setting: Partial<ActorSetting>, delegate: unknown]>([
    ['the agent of the claim', { act: { sub: 'bot' } }, {}, agent('bot')],
    ['the same where one is required', { act: { sub: 'bot' } }, { required: true }, agent('bot')],
    ['nobody without the claim', {}, {}, undefined],
    ['another, though its name is the same', { sub: 'ann', act: { sub: 'ann' } }, {}, agent('ann')],
    ['the outer one, whoever acted before', { act: { sub: 'bot', act: { sub: 'boss' } } }, {}, agent('bot')],
    ['the outer one, whatever is in it', { act: { sub: 'bot', act: [null] } }, {}, agent('bot')],
    ['of another claim', { client: 'bot' }, { claim: ['client'] }, agent('bot')],
    [
      'of another claim, whoever is recorded',
      { client: 'bot', act: { sub: 'x' } },
      { claim: ['client'] },
      agent('bot'),
    ],
    ['of the one claim of that name', { 'https://a.b/c': 'bot' }, { claim: ['https://a.b/c'] }, agent('bot')],
    ['by another name of it', { act: { client_id: 'bot' } }, { claim: ['act', 'client_id'] }, agent('bot')],
    ['encoded where that is set', { act: { sub: 'a:b' } }, { subjectEncoding: 'percent' }, agent('a%3Ab')],
    [
      'what the token says of it, and not what it says of its subject',
      { tenant: 'theirs', act: { sub: 'bot', tenant: 'own' } },
      {},
      agent('bot', { tenant: 'own' }),
    ],
    ['nothing else', { tenant: 'theirs', act: { sub: 'bot' } }, {}, agent('bot')],
  ])('%s', async (_what, claims, setting, delegate) => {
    const authenticated = await authenticate(claims, setting);
    expect(authenticated).toMatchObject({ kind: 'authenticated', subject: { object: { type: 'user', id: 'ann' } } });
    expect(authenticated.kind === 'authenticated' && authenticated.delegate).toEqual(delegate);
  });
});

/** Each of these would be a token with all rights of its subject if it counted as none. */
describe('a token is refused with', () => {
  test.each<[what: string, claims: Claims, setting?: Partial<ActorSetting>]>([
    ['act null', { act: null }],
    ['act text', { act: 'bot' }],
    ['act a number', { act: 7 }],
    ['act true', { act: true }],
    ['act a list', { act: [{ sub: 'bot' }] }],
    ['act nothing', { act: {} }],
    ['sub null', { act: { sub: null } }],
    ['sub empty', { act: { sub: '' } }],
    ['sub a number', { act: { sub: 7 } }],
    ['sub a list', { act: { sub: ['bot'] } }],
    ['sub an object', { act: { sub: { sub: 'bot' } } }],
    ['sub everybody', { act: { sub: '*' } }],
    ['sub with a type', { act: { sub: 'agent:bot' } }],
    ['sub a set', { act: { sub: 'team#member' } }],
    ['sub with a space', { act: { sub: 'bot ' } }],
    ['sub not seen', { act: { sub: 'bot\u200b' } }],
    ['sub half a character', { act: { sub: '\ud800' } }],
    ['sub half a character, encoded', { act: { sub: '\ud800' } }, { subjectEncoding: 'percent' }],
    ['sub too long', { act: { sub: 'x'.repeat(257) } }],
    ['sub of whoever acted before only', { act: { act: { sub: 'bot' } } }],
    ['sub of everything that is', { act: Object.create({ sub: 'bot' }) as unknown }],
    ['none where one is required', {}, { required: true }],
    ['none where one is required elsewhere', { act: { sub: 'bot' } }, { claim: ['client'], required: true }],
    ['somebody who acts, and no claim that says which agent', { act: { sub: 'bot' } }, { claim: ['client'] }],
    ['an act of nobody beside the claim', { client: 'bot', act: null }, { claim: ['client'] }],
    ['a claim that is no text', { client: null }, { claim: ['client'] }],
    ['a claim on the way that is a list', { a: [{ b: 'bot' }] }, { claim: ['a', 'b'] }],
    ['a member that is inherited', { act: {} }, { claim: ['act', 'constructor', 'name'] }],
  ])('%s', async (_what, claims, setting) => {
    expect(await authenticate(claims, setting)).toMatchObject({ kind: 'rejected' });
  });
});

test('a claim never sets the clock, not of an agent either', async () => {
  const authenticated = await authenticate({ act: { sub: 'bot', now: '1999-01-01T00:00:00Z', tenant: 'own' } });
  if (authenticated.kind !== 'authenticated') throw new Error('The token is good.');
  expect(viewerOf(authenticated, undefined).delegate).toEqual(agent('bot', { tenant: 'own' }));
});
