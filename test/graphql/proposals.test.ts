import { expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { write } from '../support/postern.ts';
import { creatorsStore, usePosternServer } from '../support/postern-server.ts';

const server = usePosternServer(useDatabase(), { store: creatorsStore, claims: { territory: 'SE' } });

interface Told {
  readonly id: string;
  readonly digest: string;
  readonly state: string;
  readonly simulation: { readonly gained: { readonly count: number } } | null;
}

interface Payload {
  readonly proposal: Told | null;
  readonly userErrors: readonly { readonly code: string }[];
}

const fields = `{ proposal { id digest state basedOn proposer delegate createdAt expiresAt endedBy endReason evidence
  writes { object relation subject } deletes { object } preconditions { exists } model { dsl activate }
  MEANING } consistencyToken userErrors { code message field } }`;

async function act(field: string, input: string, as: string, meaning = 'simulation { gained { count } text }') {
  const mutation = `mutation { ${field}(input: { ${input} }) ${fields.replace('MEANING', meaning)} }`;
  const { data, errors } = await server().ask(mutation, { as });
  expect(errors).toEqual([]);
  return (data as Record<string, Payload>)[field] as Payload;
}

const member = (name: string) =>
  `writes: [{ object: "team:nw-marketing", relation: "member", subject: "user:${name}" }]`;

async function propose(name: string): Promise<Told> {
  const { proposal } = await act('proposeChange', `${member(name)}, reason: "moves", evidence: ["HR-12"]`, 'user:lea');
  if (proposal === null) throw new Error('Nothing was proposed.');
  return proposal;
}

async function ask(query: string, as: string): Promise<unknown> {
  const { data, errors } = await server().ask(query, { as });
  expect(errors).toEqual([]);
  return data;
}

test('a change is proposed, found by whoever may decide, approved with its digest, and done', async () => {
  const proposal = await propose('pat');
  expect(proposal).toMatchObject({
    ...{ state: 'OPEN', proposer: 'user:lea', delegate: null, endedBy: null, evidence: ['HR-12'], model: null },
    writes: [{ object: 'team:nw-marketing', relation: 'member', subject: 'user:pat' }],
  });
  expect(proposal.simulation).toEqual({ gained: { count: 0 }, text: expect.stringMatching(/./) });
  const toDecide = '{ proposals(toDecide: true) { edges { node { id proposer } } } }';
  expect(await ask(toDecide, 'user:adam')).toEqual({
    proposals: { edges: [{ node: { id: proposal.id, proposer: 'user:lea' } }] },
  });
  expect(await ask(toDecide, 'user:stranger')).toEqual({ proposals: { edges: [] } });
  expect(await ask(`{ proposal(id: "${proposal.id}") { id } }`, 'user:stranger')).toEqual({ proposal: null });
  const approval = `id: "${proposal.id}", digest: "${proposal.digest}"`;
  const hindrance = `{ proposal(id: "${proposal.id}") { hindrance { code } } }`;
  expect(await ask(hindrance, 'user:lea')).toEqual({ proposal: { hindrance: { code: 'SELF_APPROVAL' } } });
  expect(await ask(hindrance, 'user:adam')).toEqual({ proposal: { hindrance: null } });
  expect((await act('approveProposal', approval, 'user:lea')).userErrors).toMatchObject([{ code: 'SELF_APPROVAL' }]);
  expect(await act('approveProposal', approval, 'user:adam')).toMatchObject({
    proposal: { state: 'APPLIED', endedBy: 'user:adam', simulation: null },
    userErrors: [],
  });
});

test('where something has changed it is stale, with what it would mean now', async () => {
  const proposal = await propose('quinn');
  await write(server().running.postern, ['team:nw-marketing#member@user:meanwhile']);
  const approval = `id: "${proposal.id}", digest: "${proposal.digest}"`;
  const { proposal: stale, userErrors } = await act('approveProposal', approval, 'user:adam');
  expect(userErrors).toMatchObject([{ code: 'STALE', field: ['input', 'id'] }]);
  expect(stale?.state).toBe('STALE');
  expect(stale?.simulation).not.toBeNull();
});

test('it is taken back by whoever made it, and refused by whoever could approve it', async () => {
  for (const [field, as, state] of [
    ['withdrawProposal', 'user:lea', 'WITHDRAWN'],
    ['rejectProposal', 'user:adam', 'REJECTED'],
  ] as const) {
    const { id } = await propose(field);
    expect(await act(field, `id: "${id}", reason: "no"`, as)).toMatchObject({ proposal: { state, endReason: 'no' } });
  }
});

test('a model is proposed with what it would change', async () => {
  const dsl = JSON.stringify('model\n  schema 1.1\ntype user\n');
  const input = `model: { dsl: ${dsl}, activate: false }, reason: "smaller"`;
  const { proposal, userErrors } = await act('proposeChange', input, 'employee:oda', 'modelPreview { diff { text } }');
  expect([userErrors, proposal]).toMatchObject([[], { model: { activate: false } }]);
  expect(JSON.stringify(proposal)).toContain('"modelPreview":{"diff":{"text":"');
});

test('what a page of proposals would mean is not one question', async () => {
  const query = '{ proposals(first: 2) { edges { node { simulation { text } } } } }';
  const { errors } = await server().ask(query, { as: 'user:adam' });
  expect(errors[0]?.message).toContain('There are at most 1 dry runs');
});
