import { beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../src/base/result.ts';
import type { Viewer } from '../../src/operations/actor.ts';
import { replayAuditLog } from '../../src/operations/audit/replay-audit-log.ts';
import { verifyAuditLog } from '../../src/operations/audit/verify-audit-log.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { approveProposal } from '../../src/operations/proposals/approve-proposal.ts';
import { rejectProposal, withdrawProposal } from '../../src/operations/proposals/end-proposal.ts';
import { findHindrance } from '../../src/operations/proposals/find-hindrance.ts';
import { longestLoginMs } from '../../src/operations/proposals/judge-approver.ts';
import { listProposals } from '../../src/operations/proposals/list-proposals.ts';
import type { Proposal } from '../../src/operations/proposals/proposal.ts';
import { proposeChange } from '../../src/operations/proposals/propose-change.ts';
import type { ProposeChangeInput } from '../../src/operations/proposals/propose-change-input.ts';
import { readProposal } from '../../src/operations/proposals/read-proposal.ts';
import { simulateProposal } from '../../src/operations/proposals/simulate-proposal.ts';
import { describeRefusal, type Refusal } from '../../src/operations/refusal.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { acts, firm } from '../support/firm.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { object, subject as parsedSubject, relationship } from '../support/parse.ts';
import { done, publish, relationships, signedIn, usePostern, write } from '../support/postern.ts';

const database = useDatabase();
const postern: () => Postern = usePostern(database, { connections: 16 });
const { grant, revoke } = acts(postern);

/** Somebody whose token may approve. */
function person(text: string, more: Partial<Viewer> = {}): Viewer {
  return { ...(signedIn(text) as Viewer), approval: { kind: 'any login' }, ...more };
}

const [olga, otto, adam, mia, zoe] = ['olga', 'otto', 'adam', 'mia', 'zoe'].map((name) => person(`user:${name}`)) as [
  Viewer,
  Viewer,
  Viewer,
  Viewer,
  Viewer,
];
const ops = person('service:ops');

beforeAll(async () => {
  await publish(postern(), firmWithModels);
  await write(postern(), [
    'platform:main#operator@service:ops',
    'platform:main#operator@service:ops-too',
    ...['user:olga', 'user:otto'].map((keeper) => `agent:helper#keeper@${keeper}`),
  ]);
});

const agents = 'type agent\n  relations\n    define keeper: [user]\n    define can_act_for: keeper\n';

/** The same with the right to read models, and with agents who may be admins. */
const firmWithModels = firm
  .replace('    define can_publish_model: operator\n', '$&    define can_read_model: operator\n')
  .replace('define admin: [user]', 'define admin: [user, agent]')
  .replace('type paper\n', `${agents}$&`);

/** Somebody for whom another acts: a name in the log, or an agent whose rights count as well. */
function through(name: string, kind: 'recorded' | 'agent', text = 'user:olga'): Viewer {
  const agent = {
    object: object(name.includes(':') ? name : 'agent:x'),
    context: new Map(),
    permission: 'can_act_for',
  };
  return person(text, { delegate: kind === 'recorded' ? { kind, name } : { kind, ...agent } });
}

let firms = 0;

/** A firm of its own, with two owners, an admin and a member. */
async function newFirm(): Promise<string> {
  const name = `firm:f${++firms}`;
  await write(postern(), [
    `${name}#owner@user:olga`,
    `${name}#owner@user:otto`,
    `${name}#admin@user:adam`,
    `${name}#member@user:mia`,
  ]);
  return name;
}

type Asked = { readonly [Key in keyof ProposeChangeInput]?: ProposeChangeInput[Key] | undefined };

function proposing(writes: readonly string[], deletes: readonly string[] = [], more: Asked = {}): ProposeChangeInput {
  const usual = { model: undefined, preconditions: [], evidence: [], expiresAt: undefined, idempotency: undefined };
  return {
    ...usual,
    reason: 'because',
    writes: relationships(writes),
    deletes: relationships(deletes),
    ...more,
  } as ProposeChangeInput;
}

async function propose(viewer: Viewer, ...input: Parameters<typeof proposing>): Promise<Proposal> {
  return done(await proposeChange(postern(), viewer, proposing(...input))).outcome;
}

/** Whoever is told before that something keeps them from approving is told the same by the approval, and nobody else is. */
async function approve(viewer: Viewer, proposal: Pick<Proposal, 'id' | 'digest'> & Partial<Proposal>) {
  const { id, digest } = proposal;
  const hindrance = isWhole(proposal) ? done(await findHindrance(postern(), viewer, proposal)) : undefined;
  const approved = await approveProposal(postern(), viewer, { id, digest, reason: 'seen', idempotency: undefined });
  if (!isWhole(proposal) || wordOf(approved) === 'forbidden') return approved;
  const told = hindrances.has(wordOf(approved)) ? wordOf(approved) : undefined;
  expect(hindrance?.kind === 'invalid' ? hindrance.errors[0]?.code : undefined).toBe(told);
  return approved;
}

const hindrances = new Set(['SELF_APPROVAL', 'DELEGATE_NOT_ALLOWED', 'APPROVAL_NOT_ALLOWED', 'LOGIN_TOO_OLD']);

function isWhole(proposal: Pick<Proposal, 'id'> & Partial<Proposal>): proposal is Proposal {
  return proposal.writes !== undefined;
}

const ending = { reason: 'no', idempotency: undefined };
const reject = (viewer: Viewer, { id }: Pick<Proposal, 'id'>) => rejectProposal(postern(), viewer, { id, ...ending });
const withdraw = (viewer: Viewer, { id }: Pick<Proposal, 'id'>) =>
  withdrawProposal(postern(), viewer, { id, ...ending });

async function isThere(text: string): Promise<boolean> {
  const { object: on, relation, subject } = relationship(text);
  const found = await postern().store.readRelationships({ object: on, relation, subject }, 1, undefined);
  return found.relationships.length > 0;
}

/** What became of an act, in a word: `ok`, `stale`, the code of what is wrong, or the kind of the refusal. */
function wordOf(result: Result<{ readonly outcome: object }, Refusal>): string {
  if (result.ok) return 'stale' in result.value.outcome && result.value.outcome.stale !== null ? 'stale' : 'ok';
  const { problem } = result;
  return problem.kind === 'invalid' ? (problem.errors[0]?.code ?? '') : problem.kind;
}

async function stateOf({ id }: Pick<Proposal, 'id'>, viewer: Viewer = olga): Promise<string> {
  return done(await readProposal(postern(), viewer, { id }))?.state ?? 'unseen';
}

describe('who may propose', () => {
  const wildcard = 'user:*';
  test.each<[what: string, who: Viewer, writes: (f: string) => string, word: string]>([
    ['an owner, any role', olga, (f) => `${f}#finance@user:zoe`, 'ok'],
    ['an admin, a role that only owners give', adam, (f) => `${f}#owner@user:zoe`, 'ok'],
    ['a member, for oneself', mia, (f) => `${f}#admin@user:mia`, 'ok'],
    ['a member, for another', mia, (f) => `${f}#admin@user:zoe`, 'forbidden'],
    ['a member, for everybody', mia, (f) => `${f}#member@${wildcard}`, 'forbidden'],
    ['a stranger, for oneself', zoe, (f) => `${f}#member@user:zoe`, 'forbidden'],
    ['a stranger, where there is nothing', zoe, () => 'firm:none#member@user:zoe', 'forbidden'],
    ['whoever reads all', ops, (f) => `${f}#member@user:zoe`, 'ok'],
    ['what the model does not let be written', olga, (f) => `${f}#member@service:x`, 'INVALID_RELATIONSHIP'],
    ['a role that there is not', olga, (f) => `${f}#boss@user:zoe`, 'UNKNOWN_RELATION'],
  ])('%s', async (_what, who, writes, word) => {
    expect(wordOf(await proposeChange(postern(), who, proposing([writes(await newFirm())])))).toBe(word);
  });

  test('nobody learns from a refusal whether an object exists', async () => {
    const there = await newFirm();
    const messages = [];
    for (const name of [there, 'firm:nowhere']) {
      const refused = await proposeChange(postern(), zoe, proposing([`${name}#member@user:zoe`]));
      messages.push(refused.ok ? 'ok' : describeRefusal(refused.problem).replaceAll(name, 'F'));
    }
    expect(messages[0]).toBe(messages[1]);
  });

  test('a precondition tells what is there: who may not see that may not ask', async () => {
    const f = await newFirm();
    const preconditions = [{ relationship: relationship(`${f}#finance@user:olga`), exists: true }];
    expect(wordOf(await proposeChange(postern(), mia, proposing([`${f}#admin@user:mia`], [], { preconditions })))).toBe(
      'forbidden',
    );
  });

  test.each<[what: string, input: (f: string) => ProposeChangeInput, code: string]>([
    ['nothing', () => proposing([]), 'INVALID_INPUT'],
    [
      'one relationship twice',
      (f) => proposing([`${f}#admin@user:z`], [`${f}#admin@user:z`]),
      'DUPLICATE_RELATIONSHIP',
    ],
    ['no reason', (f) => proposing([`${f}#admin@user:z`], [], { reason: ' ' }), 'INVALID_INPUT'],
    [
      'longer than a week',
      (f) => proposing([`${f}#admin@user:z`], [], { expiresAt: new Date(Date.now() + 8 * 86_400_000) }),
      'INVALID_INPUT',
    ],
    [
      'over before it began',
      (f) => proposing([`${f}#admin@user:z`], [], { expiresAt: new Date(Date.now() - 1000) }),
      'INVALID_INPUT',
    ],
    ['101 changes', (f) => proposing(Array.from({ length: 101 }, (_, n) => `${f}#admin@user:z${n}`)), 'INVALID_INPUT'],
  ])('%s is no proposal', async (_what, input, code) => {
    expect(wordOf(await proposeChange(postern(), olga, input(await newFirm())))).toBe(code);
  });
});

test('a proposal gives nothing, an approval all of it, and the log explains each relationship', async () => {
  const f = await newFirm();
  const proposal = await propose(mia, [`${f}#admin@user:mia`], [`${f}#member@user:mia`], { evidence: ['she asked'] });
  expect(proposal).toMatchObject({ state: 'open', proposer: 'user:mia', delegate: null, evidence: ['she asked'] });
  expect(await isThere(`${f}#admin@user:mia`)).toBe(false);
  const { outcome } = done(await approve(adam, proposal));
  expect(outcome.proposal).toMatchObject({ state: 'applied', end: { by: 'user:adam', reason: 'seen' } });
  expect([await isThere(`${f}#admin@user:mia`), await isThere(`${f}#member@user:mia`)]).toEqual([true, false]);
  const { events } = await postern().store.audit.events({ object: f, action: 'applyProposal' }, 1, undefined);
  expect(events[0]).toMatchObject({
    actor: 'user:adam',
    delegate: undefined,
    before: [{ subject: 'user:mia', relation: 'member' }],
  });
  expect(events[0]?.after).toEqual([
    { object: f, relation: 'admin', subject: 'user:mia' },
    expect.objectContaining({ proposal: proposal.id, digest: proposal.digest, proposer: 'user:mia', object: f }),
  ]);
});

describe('never by one person alone', () => {
  test('whoever proposed it, by any right', async () => {
    const f = await newFirm();
    const proposal = await propose(olga, [`${f}#member@user:new`]);
    expect(wordOf(await approve(olga, proposal))).toBe('SELF_APPROVAL');
    // Another right of the same person is no second person.
    const own = await propose(mia, [`${f}#admin@user:mia`]);
    await write(postern(), [`${f}#owner@user:mia`]);
    expect(wordOf(await approve(mia, own))).toBe('SELF_APPROVAL');
    expect(await isThere(`${f}#member@user:new`)).toBe(false);
  });

  test('whoever it is about', async () => {
    const f = await newFirm();
    for (const [writes, deletes] of [
      [[`${f}#finance@user:otto`], []],
      [[], [`${f}#owner@user:otto`]],
    ] as const) {
      const proposal = await propose(olga, writes, deletes);
      expect(wordOf(await approve(otto, proposal))).toBe('SELF_APPROVAL');
    }
  });

  test.each<[name: string, kind: 'recorded' | 'agent', byOtto: string]>([
    ['user:otto', 'recorded', 'SELF_APPROVAL'],
    ['otto', 'recorded', 'SELF_APPROVAL'],
    ['agent:helper', 'recorded', 'ok'],
    ['agent:helper', 'agent', 'ok'],
  ])('whoever has acted for the proposer, and the proposer behind it: %s, %s', async (name, kind, byOtto) => {
    const f = await newFirm();
    await write(postern(), [`${f}#admin@agent:helper`]);
    const proposal = await propose(through(name, kind), [`${f}#member@user:new`]);
    expect(proposal).toMatchObject({ proposer: 'user:olga', delegate: name });
    expect(wordOf(await approve(olga, proposal))).toBe('SELF_APPROVAL');
    expect(wordOf(await approve(through(name, kind, 'user:otto'), proposal))).toBe('DELEGATE_NOT_ALLOWED');
    expect(wordOf(await reject(through(name, kind, 'user:otto'), proposal))).toBe('DELEGATE_NOT_ALLOWED');
    const alone = { ...otto, subject: parsedSubject('agent:helper') };
    if (name === 'agent:helper') expect(wordOf(await approve(alone, proposal))).toBe('SELF_APPROVAL');
    expect(wordOf(await approve(otto, proposal))).toBe(byOtto);
  });

  test('an agent proposes what both may, and sees of its own what it has proposed itself', async () => {
    const [f, g] = [await newFirm(), await newFirm()];
    await write(postern(), [`${f}#admin@agent:helper`]);
    const agent = through('agent:helper', 'agent');
    expect(wordOf(await proposeChange(postern(), agent, proposing([`${g}#member@user:new`])))).toBe('forbidden');
    const itsOwn = await propose(agent, [`${f}#owner@user:new`]);
    const olgas = await propose(olga, [`${g}#member@user:new`]);
    expect([await stateOf(itsOwn, agent), await stateOf(olgas, agent)]).toEqual(['open', 'unseen']);
    expect([await stateOf(itsOwn, olga), await stateOf(olgas, olga)]).toEqual(['open', 'open']);
    expect(wordOf(await withdraw(agent, olgas))).toBe('forbidden');
    expect(wordOf(await withdraw(agent, itsOwn))).toBe('ok');
  });
});

describe('who may approve', () => {
  test.each<[what: string, who: Viewer, word: string]>([
    ['an owner', otto, 'ok'],
    ['an admin, who may not give that role', adam, 'forbidden'],
    ['a member', mia, 'forbidden'],
    ['a stranger', zoe, 'forbidden'],
    ['whoever may write all', ops, 'ok'],
    ['a token of a class that may not', { ...otto, approval: undefined }, 'APPROVAL_NOT_ALLOWED'],
    [
      'a token that does not say when',
      { ...otto, approval: { kind: 'recent login', loggedInAt: undefined } },
      'LOGIN_TOO_OLD',
    ],
    ['a login of just now', { ...otto, approval: { kind: 'recent login', loggedInAt: new Date() } }, 'ok'],
    [
      'a login of before',
      { ...otto, approval: { kind: 'recent login', loggedInAt: new Date(Date.now() - longestLoginMs - 60_000) } },
      'LOGIN_TOO_OLD',
    ],
    [
      'a login to come',
      { ...otto, approval: { kind: 'recent login', loggedInAt: new Date(Date.now() + 600_000) } },
      'LOGIN_TOO_OLD',
    ],
    [
      'a login at no time',
      { ...otto, approval: { kind: 'recent login', loggedInAt: new Date(Number.NaN) } },
      'LOGIN_TOO_OLD',
    ],
  ])('%s', async (_what, who, word) => {
    const f = await newFirm();
    const proposal = await propose(olga, [`${f}#finance@user:new`, `${f}#member@user:new`]);
    expect(wordOf(await approve(who, proposal))).toBe(word);
    expect(await isThere(`${f}#finance@user:new`)).toBe(word === 'ok');
    expect(await stateOf(proposal)).toBe(word === 'ok' ? 'applied' : 'open');
  });

  test('of what another approver may see only, and with the digest that was read', async () => {
    const f = await newFirm();
    const proposal = await propose(olga, [`${f}#member@user:new`]);
    const { digest } = await propose(olga, [`${f}#member@user:newer`]);
    expect(wordOf(await approve(otto, { ...proposal, digest }))).toBe('DIGEST_MISMATCH');
    const seen = [olga, otto, adam, mia, zoe].map((viewer) => stateOf(proposal, viewer));
    expect(await Promise.all(seen)).toEqual(['open', 'open', 'open', 'unseen', 'unseen']);
    expect(wordOf(await reject(mia, proposal))).toBe('forbidden');
    expect(wordOf(await withdraw(otto, proposal))).toBe('forbidden');
    expect(wordOf(await approve(otto, { id: 999_999, digest }))).toBe('forbidden');
  });
});

describe('what has ended stays so', () => {
  test.each<[state: string, end: (proposal: Proposal) => Promise<unknown>]>([
    ['applied', (proposal) => approve(otto, proposal)],
    ['rejected', (proposal) => reject(otto, proposal)],
    ['withdrawn', (proposal) => withdraw(olga, proposal)],
    ['expired', ({ id }) => expire(id)],
  ])('%s', async (state, end) => {
    const f = await newFirm();
    const proposal = await propose(olga, [`${f}#member@user:new`]);
    await end(proposal);
    expect(await stateOf(proposal)).toBe(state);
    for (const act of [() => approve(otto, proposal), () => reject(otto, proposal), () => withdraw(olga, proposal)]) {
      expect(wordOf(await act())).toBe('PROPOSAL_NOT_OPEN');
    }
    expect([await stateOf(proposal), await isThere(`${f}#member@user:new`)]).toEqual([state, state === 'applied']);
  });
});

/** Lets its time be over, by the database's clock. */
async function expire(id: number): Promise<void> {
  const owner: Sql = connectAsOwner(database());
  await owner`update proposal set expires_at = clock_timestamp() - interval '1 second' where id = ${id}`;
  await owner.end();
}

describe('what it was made on has changed', () => {
  test.each<[what: string, change: (f: string) => Promise<unknown>, word: string]>([
    ['nothing', async () => undefined, 'ok'],
    ['something elsewhere', () => write(postern(), ['firm:elsewhere#owner@user:olga']), 'ok'],
    ['a role was given there', (f) => grant(olga, `${f}#member@user:other`), 'stale'],
    ['a role was taken there', (f) => revoke(olga, `${f}#member@user:mia`), 'stale'],
    ['what it wants was done', (f) => grant(olga, `${f}#member@user:new`), 'stale'],
    [
      'a role was taken and given again',
      async (f) => {
        await revoke(olga, `${f}#member@user:mia`);
        await grant(olga, `${f}#member@user:mia`);
      },
      'stale',
    ],
    ['another model decides', () => publish(postern(), firmWithModels), 'stale'],
  ])('%s', async (_what, change, word) => {
    const f = await newFirm();
    const proposal = await propose(olga, [`${f}#member@user:new`]);
    const isNew = () => isThere(`${f}#member@user:new`);
    await change(f);
    const before = await isNew();
    expect(wordOf(await approve(otto, proposal))).toBe(word);
    expect([await stateOf(proposal), await isNew()]).toEqual(word === 'ok' ? ['applied', true] : ['stale', before]);
    expect(wordOf(await approve(otto, proposal))).toBe('PROPOSAL_NOT_OPEN');
  });

  test('a precondition elsewhere', async () => {
    const [f, g] = [await newFirm(), await newFirm()];
    const preconditions = [{ relationship: relationship(`${g}#member@user:mia`), exists: true }];
    const proposal = await propose(olga, [`${f}#member@user:new`], [], { preconditions });
    await revoke(olga, `${g}#member@user:mia`);
    expect(wordOf(await approve(otto, proposal))).toBe('stale');
    expect(await isThere(`${f}#member@user:new`)).toBe(false);
  });
});

test('what each change may not do, it may not do together either', async () => {
  const f = await newFirm();
  const proposal = await propose(adam, [`${f}#member@user:new`], [`${f}#owner@user:olga`, `${f}#owner@user:otto`]);
  expect(wordOf(await approve(ops, proposal))).toBe('LAST_HOLDER');
  expect([await isThere(`${f}#member@user:new`), await stateOf(proposal)]).toEqual([false, 'open']);
});

test('nobody has more than 50 open proposals', async () => {
  const f = await newFirm();
  const proposer = person('user:busy');
  await write(postern(), [`${f}#admin@user:busy`]);
  const make = (name: string) => proposeChange(postern(), proposer, proposing([`${f}#member@user:${name}`]));
  for (let n = 0; n < 47; n++) expect(wordOf(await make(`n${n}`))).toBe('ok');
  const words = Map.groupBy(await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(make)), wordOf);
  expect([words.get('ok')?.length, words.get('TOO_MANY_PROPOSALS')?.length]).toEqual([3, 3]);
  const [first] = words.get('ok') ?? [];
  if (first?.ok) await withdraw(proposer, first.value.outcome);
  expect(wordOf(await make('last'))).toBe('ok');
});

test('a repeated request is answered and not repeated', async () => {
  const f = await newFirm();
  const idempotency = { key: 'once', request: { operation: 'proposeChange', input: f } };
  const [first, second] = [
    await propose(olga, [`${f}#member@user:new`], [], { idempotency }),
    await propose(olga, [`${f}#member@user:new`], [], { idempotency }),
  ];
  expect(second).toEqual(first);
  const input = {
    id: first.id,
    digest: first.digest,
    reason: undefined,
    idempotency: { key: 'yes', request: first.id },
  };
  const approved = [await approveProposal(postern(), otto, input), await approveProposal(postern(), otto, input)];
  expect(approved.map(wordOf)).toEqual(['ok', 'ok']);
});

describe('races', () => {
  const rounds = Number(process.env.TEST_RACES ?? 8);

  test('two who approve: it is applied once', async () => {
    for (let round = 0; round < rounds; round++) {
      const f = await newFirm();
      const proposal = await propose(adam, [`${f}#member@user:new`]);
      const words = (await Promise.all([olga, otto, ops].map((viewer) => approve(viewer, proposal)))).map(wordOf);
      expect(words.toSorted()).toEqual(['PROPOSAL_NOT_OPEN', 'PROPOSAL_NOT_OPEN', 'ok']);
    }
  });

  test('one who approves, one who withdraws: one of both', async () => {
    for (let round = 0; round < rounds; round++) {
      const f = await newFirm();
      const proposal = await propose(olga, [`${f}#member@user:new`]);
      const acts = [() => approve(otto, proposal), () => withdraw(olga, proposal)];
      const words = (await Promise.all((round % 2 === 0 ? acts : acts.toReversed()).map((act) => act()))).map(wordOf);
      expect(words.toSorted()).toEqual(['PROPOSAL_NOT_OPEN', 'ok']);
      const state = await stateOf(proposal);
      expect([state, await isThere(`${f}#member@user:new`)]).toEqual([state, state === 'applied']);
    }
  });

  test('the right of whoever approves is taken away: not with a later revision than that', async () => {
    for (let round = 0; round < rounds; round++) {
      const f = await newFirm();
      const paper = `paper:${f.slice(5)}`;
      await write(postern(), [`${paper}#firm@${f}`]);
      const proposal = await propose(olga, [`${paper}#author@user:new`]);
      const acts = [() => approve(adam, proposal), () => revoke(olga, `${f}#admin@user:adam`)] as const;
      const [approved, revoked] =
        round % 2 === 0
          ? await Promise.all([acts[0](), acts[1]()])
          : ((await Promise.all([acts[1](), acts[0]()])).toReversed() as [
              Awaited<ReturnType<typeof approve>>,
              Awaited<ReturnType<typeof revoke>>,
            ]);
      const end = done(revoked).token.revision;
      if (approved.ok) expect(approved.value.token.revision).toBeLessThan(end);
      else expect(wordOf(approved)).toBe('forbidden');
      expect(await isThere(`${paper}#author@user:new`)).toBe(approved.ok);
    }
  });

  test('its object changes: applied before, or stale after', async () => {
    for (let round = 0; round < rounds; round++) {
      const f = await newFirm();
      const proposal = await propose(olga, [`${f}#member@user:new`]);
      const [approved, granted] = await Promise.all([approve(otto, proposal), grant(adam, `${f}#member@user:other`)]);
      const [mine, others] = [done(approved).token.revision, done(granted).token.revision];
      const word = wordOf(approved);
      expect([word, word === 'ok' ? mine < others : others <= mine]).toEqual([word, true]);
    }
  });
});

test("lists show what is one's own or to be decided, page by page, and nothing else", async () => {
  const f = await newFirm();
  const mine = await propose(mia, [`${f}#admin@user:mia`]);
  const olgas = await propose(olga, [`${f}#member@user:new`]);
  const finance = await propose(olga, [`${f}#finance@user:new`]);
  const list = async (viewer: Viewer, more: Partial<Parameters<typeof listProposals>[2]>) => {
    const found: number[] = [];
    let after: string | undefined;
    do {
      const question = { object: object(f), mine: false, toDecide: false, ...more };
      const page = done(await listProposals(postern(), viewer, question, { first: 1, after }));
      found.push(...page.proposals.map(({ proposal }) => proposal.id));
      after = page.hasMore ? page.endCursor : undefined;
    } while (after !== undefined);
    return found;
  };
  expect(await list(olga, {})).toEqual([finance.id, olgas.id, mine.id]);
  expect(await list(olga, { mine: true })).toEqual([finance.id, olgas.id]);
  expect(await list(olga, { toDecide: true })).toEqual([mine.id]);
  expect(await list(adam, { toDecide: true })).toEqual([olgas.id, mine.id]);
  expect(await list(mia, {})).toEqual([mine.id]);
  expect(await list(zoe, {})).toEqual([]);
  await reject(otto, finance);
  expect(await list(otto, { toDecide: true })).toEqual([olgas.id, mine.id]);
});

test('whoever may review sees what it would mean, and nobody else by proposing', async () => {
  const f = await newFirm();
  const proposal = await propose(mia, [`${f}#admin@user:mia`]);
  const simulated = done(await simulateProposal(postern(), adam, proposal));
  expect(simulated?.gained.count).toBeGreaterThan(0);
  expect(done(await simulateProposal(postern(), mia, proposal))).toBeUndefined();
});

describe('a model', () => {
  test('is published by another with the right to, and the log knows it', async () => {
    const source = { kind: 'dsl' as const, dsl: `${firmWithModels}# one\n` };
    const model = { source, activate: true, tests: null };
    const proposal = await propose(ops, [], [], { model });
    expect(wordOf(await proposeChange(postern(), olga, proposing([], [], { model })))).toBe('forbidden');
    expect(wordOf(await approve(olga, proposal))).toBe('forbidden');
    expect(wordOf(await approve(ops, proposal))).toBe('SELF_APPROVAL');
    expect(wordOf(await approve(person('service:ops-too'), proposal))).toBe('ok');
    expect(
      (await postern().store.readModelText((await postern().store.readModel(undefined))?.id ?? 0))?.source,
    ).toEqual(source);
  });

  test('that cannot be used is none to propose', async () => {
    const model = {
      source: { kind: 'dsl' as const, dsl: 'model\n  schema 1.1\ntype a\n  relations\n    define b: c' },
      activate: false,
      tests: null,
    };
    expect(wordOf(await proposeChange(postern(), ops, proposing([], [], { model })))).toBe('INVALID_MODEL');
  });

  test('that another was activated before is stale', async () => {
    const model = { source: { kind: 'dsl' as const, dsl: `${firmWithModels}# two\n` }, activate: true, tests: null };
    const proposal = await propose(ops, [], [], { model });
    await publish(postern(), firmWithModels);
    expect(wordOf(await approve(person('service:ops-too'), proposal))).toBe('stale');
  });
});

test('what was changed past the log is never approved', async () => {
  const f = await newFirm();
  const proposal = await propose(olga, [`${f}#member@user:new`]);
  const owner: Sql = connectAsOwner(database());
  await owner`update proposal set content = replace(content, 'user:new', 'user:eve') where id = ${proposal.id}`;
  await owner.end();
  const reported: unknown[] = [];
  const report = (_message: string, error: unknown) => void reported.push(error);
  const input = { id: proposal.id, digest: proposal.digest, reason: undefined, idempotency: undefined };
  expect(wordOf(await approveProposal({ ...postern(), report }, otto, input))).toBe('undecided');
  expect(String(reported[0])).toContain('says what was proposed');
  expect(await isThere(`${f}#member@user:eve`)).toBe(false);
});

test('what fails at the end of an approval leaves nothing of it', async () => {
  const f = await newFirm();
  const proposal = await propose(olga, [`${f}#member@user:new`]);
  const owner: Sql = connectAsOwner(database());
  await owner`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`;
  await owner`create trigger refuse before update on proposal for each row execute function refuse()`;
  const report = () => undefined;
  const input = { id: proposal.id, digest: proposal.digest, reason: undefined, idempotency: undefined };
  const failed = await approveProposal({ ...postern(), report }, otto, input);
  await owner`drop trigger refuse on proposal`;
  await owner.end();
  expect([wordOf(failed), await isThere(`${f}#member@user:new`), await stateOf(proposal)]).toEqual([
    'undecided',
    false,
    'open',
  ]);
  expect(wordOf(await approve(otto, proposal))).toBe('ok');
});

test('an attempt without the right is in the log, by everybody whom it names', async () => {
  const f = await newFirm();
  const proposal = await propose(olga, [`${f}#finance@user:wanted`]);
  await approve(mia, proposal);
  const { events } = await postern().store.audit.events({ subject: 'user:wanted', outcome: 'denied' }, 1, undefined);
  expect(events[0]).toMatchObject({ actor: 'user:mia', action: 'applyProposal', before: [] });
  expect(events[0]?.after[0]).toEqual({ proposal: proposal.id, digest: proposal.digest });
});

test('the log explains everything that proposals have done', async () => {
  const replayed = await replayAuditLog(postern().store.audit);
  expect([replayed.differences, replayed.examples]).toEqual([0, []]);
  expect((await verifyAuditLog(postern().store.audit, { anchor: undefined })).ok).toBe(true);
});
