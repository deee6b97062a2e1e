import { beforeAll, describe, expect, test } from 'vitest';
import { formatConsistencyToken } from '../../src/model/consistency-token.ts';
import { office } from '../graphql/support/office.ts';
import { useDatabase } from '../support/database.ts';
import { endOf, eventOf, type LiveStream, type Subscribing, transports } from '../support/live-client.ts';
import { publish, write } from '../support/postern.ts';
import { onReplica, usePosternServer } from '../support/postern-server.ts';
import type { ChangesEvent } from './support/changes-query.ts';

const server = usePosternServer(useDatabase(), { store: office, environment: onReplica });
const postern = () => server().running.postern;
const tokenAfter = async (...changes: readonly [writes: readonly string[], deletes?: readonly string[]]) =>
  formatConsistencyToken(await write(postern(), ...changes));

const query = `subscription ($object: ObjectRef!, $includeContained: Boolean, $after: ConsistencyToken) {
  accessChanges(object: $object, includeContained: $includeContained, after: $after) {
    consistencyToken changes { operation relationship { object relation subject } } activatedModel
  }
}`;
const auditQuery = `subscription ($filter: AccessAuditEventFilter, $after: String) {
  accessAuditEventAdded(filter: $filter, after: $after) {
    cursor node { id action actor outcome after { relationships { object } hiddenCount } }
  }
}`;

async function changesFrom(stream: LiveStream): Promise<readonly string[]> {
  const { accessChanges } = await eventOf<{ readonly accessChanges: ChangesEvent }>(stream);
  return accessChanges.changes.map(({ operation, relationship: { object, relation, subject } }) => {
    return `${operation === 'WRITE' ? '+' : '-'} ${object}#${relation}@${subject}`;
  });
}

interface AuditEdge {
  readonly cursor: string;
  readonly node: { readonly id: string; readonly action: string; readonly actor: string; readonly outcome: string };
}

async function eventFrom(stream: LiveStream): Promise<AuditEdge> {
  return (await eventOf<{ readonly accessAuditEventAdded: AuditEdge }>(stream)).accessAuditEventAdded;
}

describe.each(transports)('over %s', (name, subscribe) => {
  const own = name.replace(/\W/g, '');
  const open = async (as: string, text: string, subscribing: Subscribing = {}) =>
    subscribe(server().url, text, { token: await server().token(as), ...subscribing });
  const folder = `folder:${own}`;
  const boss = `user:boss-${own}`;
  const changes = (as: string, object: string, variables: Readonly<Record<string, unknown>>) =>
    open(as, query, { variables: { object, ...variables } });

  beforeAll(() => write(postern(), [`${folder}#owner@${boss}`]));

  test('what is written on the object and on what belongs to it, and nothing else', async () => {
    const doc = `document:${own}`;
    const other = `document:other-${own}`;
    const after = await tokenAfter([`${folder}#viewer@user:before`]);
    await write(postern(), [`${doc}#folder@${folder}`, `${doc}#author@user:a`, `${other}#author@user:a`]);
    await write(postern(), [`${other}#author@user:b`]);
    await write(postern(), [`${folder}#viewer@user:c`, `${other}#folder@folder:own`]);
    // What is written after the link is gone is not theirs to see; what was before is, also where both are read at once.
    await write(postern(), [`${doc}#author@user:d`]);
    await write(postern(), [], [`${doc}#folder@${folder}`]);
    await write(postern(), [`${doc}#author@user:e`]);
    await write(postern(), [`${folder}#viewer@user:f`]);
    const stream = await changes(boss, folder, { includeContained: true, after });
    const events = [];
    while (events.length < 5) events.push(await changesFrom(stream));
    stream.kill();
    expect(events).toEqual([
      [`+ ${doc}#folder@${folder}`, `+ ${doc}#author@user:a`],
      [`+ ${folder}#viewer@user:c`],
      [`+ ${doc}#author@user:d`],
      [`- ${doc}#folder@${folder}`],
      [`+ ${folder}#viewer@user:f`],
    ]);
    const alone = await changes(boss, folder, { after });
    expect([await changesFrom(alone), await changesFrom(alone)]).toEqual([
      [`+ ${folder}#viewer@user:c`],
      [`+ ${folder}#viewer@user:f`],
    ]);
    alone.kill();
  });

  test('goes on past many revisions that are others', async () => {
    const after = await tokenAfter([`${folder}#viewer@user:many`]);
    for (let index = 0; index < 3; index++) {
      await write(
        postern(),
        Array.from({ length: 90 }, (_, one) => `folder:else-${own}-${index}-${one}#viewer@user:x`),
      );
    }
    await write(postern(), [`${folder}#viewer@user:last`]);
    const stream = await changes(boss, folder, { includeContained: true, after });
    expect(await changesFrom(stream)).toEqual([`+ ${folder}#viewer@user:last`]);
    stream.kill();
  });

  test('a model that decides from now on is told to everybody', async () => {
    const after = await tokenAfter([`${folder}#viewer@user:model`]);
    const dsl = (await postern().store.readModel(undefined))?.dsl ?? '';
    const stream = await changes(boss, folder, { after });
    await publish(postern(), `${dsl}\n# ${own}\n`);
    expect(await changesFrom(stream)).toEqual([]);
    stream.kill();
  });

  test('ends when the right is lost, and delivers nothing that was committed after it', async () => {
    const right = `${folder}#admin@user:gone-${own}`;
    const after = await tokenAfter([right]);
    const stream = await changes(`user:gone-${own}`, folder, { after });
    await write(postern(), [`${folder}#viewer@user:seen`]);
    expect(await changesFrom(stream)).toEqual([`+ ${folder}#viewer@user:seen`]);
    await write(postern(), [], [right]);
    await write(postern(), [`${folder}#viewer@user:unseen`]);
    expect(await endOf(stream)).toEqual({ events: 0, codes: ['FORBIDDEN'] });
  });

  test.each([
    ['somebody without the right', 'user:ann', { object: 'folder:plans' }, 'FORBIDDEN'],
    ['somebody who administers another one', 'user:pia', { object: 'folder:plans' }, 'FORBIDDEN'],
    ['a type that is none, to who may not ask', 'user:ann', { object: 'foldr:plans' }, 'FORBIDDEN'],
    ['a type that is none', 'service:ops', { object: 'foldr:plans' }, 'UNKNOWN_TYPE'],
    ['a token that is none', 'user:adam', { object: 'folder:plans', after: 'nonsense' }, 'BAD_USER_INPUT'],
    ['an object that is none', 'user:adam', { object: 'plans' }, 'BAD_USER_INPUT'],
  ])('refuses %s', async (_what, as, variables, code) => {
    expect(await endOf(await open(as, query, { variables }))).toEqual({ events: 0, codes: [code] });
  });

  test('the tail of the audit log: in order, from a cursor, with refusals, and by the filter of the list', async () => {
    const list = await server().ask('{ accessAuditEvents(first: 1) { edges { cursor } } }', { as: 'service:ops' });
    const { data } = JSON.parse(list.text) as { data: { accessAuditEvents: { edges: [{ cursor: string }] } } };
    const [{ cursor }] = data.accessAuditEvents.edges;
    await write(postern(), [`${folder}#viewer@user:audited`]);
    await server().ask('{ accessReview(object: "folder:plans") { isComplete } }', { as: `user:nosy-${own}` });
    await write(postern(), [`${folder}#viewer@user:audited-2`]);
    const stream = await open('service:ops', auditQuery, { variables: { after: cursor } });
    const events = [await eventFrom(stream), await eventFrom(stream), await eventFrom(stream)];
    stream.kill();
    expect(events.map(({ node }) => [node.action, node.outcome])).toEqual([
      ['writeRelationships', 'DONE'],
      ['reviewAccess', 'DENIED'],
      ['writeRelationships', 'DONE'],
    ]);
    const second = await open('service:ops', auditQuery, { variables: { after: events[0]?.cursor } });
    expect((await eventFrom(second)).node).toEqual(events[1]?.node);
    second.kill();
    // A cursor is good for its own filter only.
    const filter = { action: 'reviewAccess' };
    const wrong = await open('service:ops', auditQuery, { variables: { filter, after: cursor } });
    expect(await endOf(wrong)).toEqual({ events: 0, codes: ['BAD_USER_INPUT'] });
    const refusals = await open('service:ops', auditQuery, { variables: { filter } });
    const first = eventFrom(refusals);
    let isHeard = false;
    void first.finally(() => {
      isHeard = true;
    });
    while (!isHeard) {
      await write(postern(), [`${folder}#viewer@user:noise`], []);
      await server().ask('{ accessReview(object: "folder:plans") { isComplete } }', { as: `user:nosy-${own}` });
      await write(postern(), [], [`${folder}#viewer@user:noise`]);
    }
    expect((await first).node).toMatchObject({ action: 'reviewAccess', actor: `user:nosy-${own}` });
    refusals.kill();
  });

  test.each([
    ['somebody without the right', 'user:olga', {}, 'FORBIDDEN'],
    ['an action that is none', 'service:ops', { filter: { action: 'reviewAcces' } }, 'BAD_USER_INPUT'],
    ['an actor that is none', 'service:ops', { filter: { actor: 'ann' } }, 'BAD_USER_INPUT'],
    ['an object of a type that is none', 'service:ops', { filter: { object: 'foldr:1' } }, 'BAD_USER_INPUT'],
    ['a subject of a type that is none', 'service:ops', { filter: { subject: 'usr:ann' } }, 'BAD_USER_INPUT'],
    ['somebody of a type that is none', 'service:ops', { filter: { involving: 'usr:ann' } }, 'BAD_USER_INPUT'],
    ['a cursor that is none', 'service:ops', { after: 'nonsense' }, 'BAD_USER_INPUT'],
  ])('no tail for %s', async (_what, as, variables, code) => {
    expect(await endOf(await open(as, auditQuery, { variables }))).toEqual({ events: 0, codes: [code] });
  });

  test('the tail of what involves somebody has that, and nothing else', async () => {
    const grant = `${folder}#viewer@user:involved-${own}`;
    await write(postern(), [grant]);
    const filter = { involving: `user:involved-${own}` };
    const list = await server().ask(
      `{ accessAuditEvents(filter: { involving: "${filter.involving}" }, first: 1) { edges { cursor node { id } } } }`,
      { as: 'service:ops' },
    );
    const { data } = JSON.parse(list.text) as { data: { accessAuditEvents: { edges: [AuditEdge] } } };
    const [{ cursor, node }] = data.accessAuditEvents.edges;
    await write(postern(), [`${folder}#viewer@user:nobody-${own}`]);
    await write(postern(), [], [grant]);
    const stream = await open('service:ops', auditQuery, { variables: { filter, after: cursor } });
    // Between the two is one about somebody else.
    expect(Number((await eventFrom(stream)).node.id)).toBe(Number(node.id) + 2);
    stream.kill();
  });

  test('the tail ends when the right is lost', async () => {
    const watcher = `service:auditor-${own}`;
    await write(postern(), [`platform:main#operator@${watcher}`]);
    const list = await server().ask('{ accessAuditEvents(first: 1) { edges { cursor } } }', { as: watcher });
    const { data } = JSON.parse(list.text) as { data: { accessAuditEvents: { edges: [{ cursor: string }] } } };
    await write(postern(), [`${folder}#viewer@user:tail`]);
    const variables = { after: data.accessAuditEvents.edges[0].cursor };
    const stream = await open(watcher, auditQuery, { variables });
    expect((await eventFrom(stream)).node.action).toBe('writeRelationships');
    await write(postern(), [], [`platform:main#operator@${watcher}`]);
    expect(await endOf(stream)).toEqual({ events: 0, codes: ['FORBIDDEN'] });
  });
});
