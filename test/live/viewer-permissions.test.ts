import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { formatConsistencyToken, type Position, tokenOf } from '../../src/model/consistency-token.ts';
import { useDatabase } from '../support/database.ts';
import { endOf, eventOf, type LiveStream, type Subscribing, transports } from '../support/live-client.ts';
import { relationship } from '../support/parse.ts';
import { activate, publish, write } from '../support/postern.ts';
import { onReplica, startPosternServer, usePosternServer } from '../support/postern-server.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

const store = `
model: |
  model
    schema 1.1
  type user
  type folder
    relations
      define editor: [user]
      define blocked: [user]
      define viewer: [user, user with until] or editor
      define can_edit: editor but not blocked
      define can_view: viewer
  condition until(current_time: timestamp, end: timestamp) {
    current_time < end
  }
`;

const databaseUrl = useDatabase();
const server = usePosternServer(databaseUrl, { store, environment: onReplica });
const postern = () => server().running.postern;

const query = `subscription ($objects: [ObjectRef!]!, $consistency: CheckConsistencyInput) {
  viewerPermissionsChanged(objects: $objects, consistency: $consistency) { object granted undecided { permission } }
}`;

interface ObjectPermissions {
  readonly object: string;
  readonly granted: readonly string[];
  readonly undecided: readonly unknown[];
}

/** What was granted on each of the objects, in their order. */
async function grantedIn(stream: LiveStream): Promise<readonly (readonly string[])[]> {
  const data = await eventOf<{ readonly viewerPermissionsChanged: readonly ObjectPermissions[] }>(stream);
  return data.viewerPermissionsChanged.map(({ granted }) => granted);
}

/** What has to be waited for is waited for at once. */
const together = { concurrent: true };

describe.each(transports)('over %s', (name, subscribe) => {
  const user = `user:${name.replace(/\W/g, '')}`;
  const folder = (id: string) => `folder:${name.replace(/\W/g, '')}-${id}`;
  const open = async (objects: readonly string[], subscribing: Subscribing = {}) =>
    subscribe(server().url, query, { token: await server().token(user), variables: { objects }, ...subscribing });

  test('says what the viewer may do now, and again only when it differs', async () => {
    const stream = await open([folder('a'), folder('b')]);
    expect(await grantedIn(stream)).toEqual([[], []]);
    await write(postern(), [`${folder('a')}#viewer@${user}`]);
    expect(await grantedIn(stream)).toEqual([['can_view'], []]);
    // Changes nothing of what was said: the next event is of the write after it.
    await write(postern(), [`${folder('a')}#viewer@user:somebody`, `${folder('else')}#editor@${user}`]);
    await write(postern(), [`${folder('b')}#editor@${user}`]);
    expect(await grantedIn(stream)).toEqual([['can_view'], ['can_edit', 'can_view']]);
    await write(postern(), [], [`${folder('a')}#viewer@${user}`]);
    expect(await grantedIn(stream)).toEqual([[], ['can_edit', 'can_view']]);
    stream.kill();
  });

  test('says so when a grant begins, and when a block does, though nothing is written', async () => {
    const start = new Date(Date.now() + 1500);
    await write(postern(), [
      relationship(`${folder('beginning')}#viewer@${user}`, { startsAt: start }),
      `${folder('blocked')}#editor@${user}`,
      relationship(`${folder('blocked')}#blocked@${user}`, { startsAt: start }),
    ]);
    const stream = await open([folder('beginning'), folder('blocked')]);
    expect(await grantedIn(stream)).toEqual([[], ['can_edit', 'can_view']]);
    expect(await grantedIn(stream)).toEqual([['can_view'], ['can_view']]);
    expect(Date.now()).toBeGreaterThanOrEqual(start.getTime() - 100);
    stream.kill();
  });

  test('says so when another model decides', async () => {
    await write(postern(), [`${folder('model')}#editor@${user}`]);
    const before = await postern().store.readModel(undefined);
    const stream = await open([folder('model')]);
    expect(await grantedIn(stream)).toEqual([['can_edit', 'can_view']]);
    await publish(
      postern(),
      `${before?.dsl}`.replace('define can_edit: editor but not blocked', 'define can_edit: editor but not viewer'),
    );
    expect(await grantedIn(stream)).toEqual([['can_view']]);
    await activate(postern(), before?.id ?? 0);
    expect(await grantedIn(stream)).toEqual([['can_edit', 'can_view']]);
    stream.kill();
  });

  test('many writes that follow each other closely end in the last state', async () => {
    const stream = await open([folder('busy')]);
    expect(await grantedIn(stream)).toEqual([[]]);
    const text = `${folder('busy')}#editor@${user}`;
    for (let count = 0; count < 50; count++) {
      await write(postern(), [text]);
      await write(postern(), [], [text]);
    }
    await write(postern(), [text]);
    let events = 1;
    while ((await grantedIn(stream))[0]?.length === 0) events += 1;
    expect(events).toBeLessThan(50);
    stream.kill();
  });

  test.each<readonly [string, readonly string[], string]>([
    ['more than 100 objects', Array.from({ length: 101 }, (_, count) => `folder:${count}`), 'BAD_USER_INPUT'],
    ['an object that is none', ['nonsense'], 'BAD_USER_INPUT'],
    ['a type that the model does not have', ['fodler:1'], 'UNKNOWN_TYPE'],
  ])('refuses %s', async (_what, objects, code) => {
    expect(await endOf(await open(objects))).toEqual({ events: 0, codes: [code] });
  });

  test('says first what a state says that contains the write of the token', async () => {
    const objects = [folder('fresh')];
    const token = await write(postern(), [`${folder('fresh')}#viewer@${user}`]);
    const openAt = (place: Position) => {
      const consistency = { atLeastAsFresh: formatConsistencyToken(tokenOf(place)) };
      return open(objects, { variables: { objects, consistency } });
    };
    const stream = await openAt(token);
    expect(await grantedIn(stream)).toEqual([['can_view']]);
    stream.kill();
    const later = await openAt({ ...token, revision: token.revision + 1 });
    expect(await endOf(later)).toEqual({ events: 0, codes: ['AUTHORIZATION_UNAVAILABLE'] });
    const elsewhere = await openAt({ ...token, identity: randomUUID() });
    expect(await endOf(elsewhere)).toEqual({ events: 0, codes: ['BAD_USER_INPUT'] });
  });

  test(
    'says so when a grant expires, and when a condition does not hold any more, though nothing is written',
    together,
    async () => {
      const end = new Date(Date.now() + 2000);
      const condition = ['until', { end: end.toISOString() }] as const;
      await write(postern(), [
        relationship(`${folder('expiring')}#viewer@${user}`, { expiresAt: end }),
        relationship(`${folder('conditional')}#viewer@${user}`, { condition }),
      ]);
      const stream = await open([folder('expiring'), folder('conditional')]);
      expect(await grantedIn(stream)).toEqual([['can_view'], ['can_view']]);
      expect(await grantedIn(stream)).toEqual([[], []]);
      expect(Date.now()).toBeGreaterThanOrEqual(end.getTime() - 100);
      stream.kill();
    },
  );

  test('ends when the token ends', together, async () => {
    const token = await server().running.issuer?.sign(user, 2500);
    expect(await endOf(await open([folder('token')], { token }))).toEqual({ events: 1, codes: ['UNAUTHENTICATED'] });
  });

  test(
    'ends when the database is gone: no silence, and no permissions that nobody can vouch for',
    together,
    async () => {
      await using proxy = await startTcpProxy(databaseUrl());
      const near = await startPosternServer({
        databaseUrl: proxy.url,
        environment: { POSTERN_REQUEST_TIMEOUT_MS: '500' },
      });
      const stream = subscribe(near.url, query, {
        token: await near.token(user),
        variables: { objects: [folder('gone')] },
      });
      await grantedIn(stream);
      await proxy.cut();
      expect(await endOf(stream)).toEqual({ events: 0, codes: ['AUTHORIZATION_UNAVAILABLE'] });
      await near.stop();
    },
  );
});
