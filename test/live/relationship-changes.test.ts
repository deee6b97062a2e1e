import { describe, expect, test } from 'vitest';
import { formatConsistencyToken, tokenOf } from '../../src/model/consistency-token.ts';
import { office } from '../graphql/support/office.ts';
import { useDatabase } from '../support/database.ts';
import { endOf, type Subscribing, transports } from '../support/live-client.ts';
import { relationship } from '../support/parse.ts';
import { activate, publish, write } from '../support/postern.ts';
import { onReplica, startPosternServer, usePosternServer } from '../support/postern-server.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { changesFrom, changesQuery } from './support/changes-query.ts';

const databaseUrl = useDatabase();
const otherDatabase = '3b241101-e2bb-4255-8caf-4136c566a962';
const server = usePosternServer(databaseUrl, { store: office, environment: onReplica });
const postern = () => server().running.postern;
const tokenAfter = async (...changes: readonly [writes: readonly string[], deletes?: readonly string[]]) =>
  formatConsistencyToken(await write(postern(), ...changes));

describe.each(transports)('over %s', (name, subscribe) => {
  const open = async (as: string, subscribing: Subscribing = {}) =>
    subscribe(server().url, changesQuery, { token: await server().token(as), ...subscribing });
  const folder = (id: string) => `folder:${name.replace(/\W/g, '')}-${id}`;
  const owner = (id: string) => ({ object: folder(id), relation: 'owner', subject: 'user:ann' });
  const ownerText = (id: string) => `${folder(id)}#owner@user:ann`;
  const always = { condition: null, startsAt: null, expiresAt: null };

  test('each write after a token is one event, in order, as it was written', async () => {
    const after = await tokenAfter([ownerText('a')]);
    const [startsAt, expiresAt] = [new Date(Date.now() + 1_800_000), new Date(Date.now() + 3_600_000)];
    const inEurope = relationship(`${folder('b')}#editor@user:ann`, { condition: ['in_region', { region: 'EU' }] });
    await write(postern(), [relationship(ownerText('b'), { startsAt, expiresAt }), ownerText('c')]);
    await write(postern(), [ownerText('d')], [ownerText('c')]);
    const last = await write(postern(), [inEurope], [ownerText('b')]);
    const stream = await open('service:ops', { variables: { after } });
    const events = [await changesFrom(stream), await changesFrom(stream), await changesFrom(stream)];
    stream.kill();
    const condition = { name: 'in_region', context: { region: 'EU' } };
    expect(events.map(({ changes }) => changes)).toEqual([
      [
        { operation: 'WRITE', relationship: { ...owner('b'), ...always, ...timesOf({ startsAt, expiresAt }) } },
        { operation: 'WRITE', relationship: { ...owner('c'), ...always } },
      ],
      [
        { operation: 'DELETE', relationship: { ...owner('c'), ...always } },
        { operation: 'WRITE', relationship: { ...owner('d'), ...always } },
      ],
      [
        { operation: 'DELETE', relationship: { ...owner('b'), ...always } },
        { operation: 'WRITE', relationship: { ...owner('b'), ...always, relation: 'editor', condition } },
      ],
    ]);
    expect(events.map(({ activatedModel }) => activatedModel)).toEqual([null, null, null]);
    expect(events.at(-1)?.consistencyToken).toBe(formatConsistencyToken(last));
  });

  test('a model that decides from now on is an event, and one that is only published is none', async () => {
    const after = await tokenAfter([ownerText('models')]);
    const before = (await postern().store.readModel(undefined))?.id ?? 0;
    const dsl = (await postern().store.readModel(before))?.dsl ?? '';
    const stream = await open('service:ops', { variables: { after } });
    const id = await publish(postern(), `${dsl}\n# again\n`);
    await activate(postern(), before);
    const events = [await changesFrom(stream), await changesFrom(stream)];
    stream.kill();
    expect(events.map(({ changes, activatedModel }) => [changes, activatedModel])).toEqual([
      [[], String(id)],
      [[], String(before)],
    ]);
  });

  test('without a token it starts now', async () => {
    await write(postern(), [ownerText('before')]);
    const stream = await open('service:ops');
    let isThere = false;
    const first = changesFrom(stream).finally(() => {
      isThere = true;
    });
    for (let count = 0; !isThere; count++) await write(postern(), [ownerText(`now-${count}`)]);
    const { changes } = await first;
    stream.kill();
    expect(changes[0]?.relationship.object).toContain('now-');
  });

  const refused: Record<
    string,
    readonly [as: string | undefined, after: () => Promise<string | undefined>, code: string]
  > = {
    'somebody without the right': ['user:ann', async () => undefined, 'FORBIDDEN'],
    'a service without the right': ['service:other', async () => undefined, 'FORBIDDEN'],
    'a token that is none': ['service:ops', async () => 'nonsense', 'BAD_USER_INPUT'],
    'a token of another database': [
      'service:ops',
      async () => formatConsistencyToken(tokenOf({ identity: otherDatabase, revision: 1, mark: undefined })),
      'BAD_USER_INPUT',
    ],
    'a token of a write that is not there': [
      'service:ops',
      async () => {
        const { identity, revision } = await write(postern(), [ownerText('future')]);
        return formatConsistencyToken(tokenOf({ identity, revision: revision + 1, mark: undefined }));
      },
      'BAD_USER_INPUT',
    ],
  };

  test.each(Object.entries(refused))('refuses %s', async (_what, [as, after, code]) => {
    const stream = await open(as ?? '', { variables: { after: await after() } });
    expect(await endOf(stream)).toEqual({ events: 0, codes: [code] });
  });

  test('ends when the right is lost, and delivers nothing that was committed after it', async () => {
    const watcher = `service:watcher-${name.replace(/\W/g, '')}`;
    const operator = `platform:main#operator@${watcher}`;
    const after = await tokenAfter([operator]);
    const stream = await open(watcher, { variables: { after } });
    await write(postern(), [ownerText('seen')]);
    expect((await changesFrom(stream)).changes).toHaveLength(1);
    await write(postern(), [], [operator]);
    await write(postern(), [ownerText('unseen')]);
    expect(await endOf(stream)).toEqual({ events: 0, codes: ['FORBIDDEN'] });
  });

  test('ends when the right expires, though nothing is written', async () => {
    const watcher = `service:guest-${name.replace(/\W/g, '')}`;
    const expiresAt = new Date(Date.now() + 1500);
    await write(postern(), [relationship(`platform:main#operator@${watcher}`, { expiresAt })]);
    expect(await endOf(await open(watcher))).toEqual({ events: 0, codes: ['FORBIDDEN'] });
  });

  test('ends when the token ends, though nothing is written', async () => {
    const token = await server().running.issuer?.sign('service:ops', 2500);
    const stream = await open('service:ops', { token });
    expect(await endOf(stream)).toEqual({ events: 0, codes: ['UNAUTHENTICATED'] });
    expect(Date.now()).toBeGreaterThanOrEqual(expiryOf(token));
  });

  test('ends when the database is gone, and goes on after the last token when it is back', async () => {
    await using proxy = await startTcpProxy(databaseUrl());
    const near = await startPosternServer({
      databaseUrl: proxy.url,
      environment: { POSTERN_REQUEST_TIMEOUT_MS: '500' },
    });
    const subscribing = { token: await near.token('service:ops') };
    const after = await tokenAfter([ownerText('gone-0')]);
    const stream = subscribe(near.url, changesQuery, { ...subscribing, variables: { after } });
    await write(postern(), [ownerText('gone-1')]);
    const { consistencyToken } = await changesFrom(stream);
    await proxy.cut();
    expect(await endOf(stream)).toEqual({ events: 0, codes: ['AUTHORIZATION_UNAVAILABLE'] });
    await write(postern(), [ownerText('gone-2')]);
    await proxy.mend();
    const again = subscribe(near.url, changesQuery, { ...subscribing, variables: { after: consistencyToken } });
    expect((await changesFrom(again)).changes[0]?.relationship).toMatchObject(owner('gone-2'));
    again.kill();
    await near.stop();
  });

  test('ends when the server stops, which does not wait for subscribers', async () => {
    const near = await startPosternServer({ databaseUrl: databaseUrl() });
    const after = await tokenAfter([ownerText('stop-0')]);
    await write(postern(), [ownerText('stop-1')]);
    const stream = subscribe(near.url, changesQuery, { token: await near.token('service:ops'), variables: { after } });
    await changesFrom(stream);
    const [end] = await Promise.all([endOf(stream), near.stop()]);
    expect(end).toEqual({ events: 0, codes: ['AUTHORIZATION_UNAVAILABLE'] });
    expect(await stream.next()).toMatchObject({ kind: 'closed' });
  });
});

function timesOf(times: { readonly startsAt: Date; readonly expiresAt: Date }) {
  return { startsAt: times.startsAt.toISOString(), expiresAt: times.expiresAt.toISOString() };
}

function expiryOf(token = ''): number {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as { exp: number };
  return claims.exp * 1000;
}
