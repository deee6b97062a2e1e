import { describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { type Answer, type AnswerError, codesOf, isOnReplica, usePosternServer } from '../support/postern-server.ts';

const letters = [...'abcdefghij'];

/** Ten permissions of one depth on a track, two others besides, and as many tracks as a page has. */
const store = `
model: |
  model
    schema 1.1
  type user
  type album
    relations
      define owner: [user]
      define can_edit: owner
  type track
    relations
      define album: [album]
      define hearer: [user:*]
      define guest: [user with in_territory]
${letters.map((letter) => `      define can_${letter}: owner from album`).join('\n')}
      define can_listen: hearer
      define can_stream: guest or hearer
  condition in_territory(territory: string) {
    territory == "SE"
  }
tuples:
  - { user: user:ann, relation: owner, object: album:1 }
  - { user: "user:*", relation: hearer, object: track:open }
  - { user: user:ann, relation: guest, object: track:local, condition: { name: in_territory } }
  - { user: user:ann, relation: guest, object: track:swedish, condition: { name: in_territory, context: { territory: SE } } }
${Array.from({ length: 50 }, (_, index) => `  - { user: album:1, relation: album, object: track:${index} }`).join('\n')}
`;

const server = usePosternServer(useDatabase(), { store });
const all = letters.map((letter) => `can${letter.toUpperCase()}`);

type Representation = Readonly<Record<string, unknown>>;
const track = (id: unknown): Representation => ({ __typename: 'Track', id });
const album = (id: unknown): Representation => ({ __typename: 'Album', id });
const tracks = (count: number) => Array.from({ length: count }, (_, index) => track(String(index)));

/** A page as a gateway asks for it. */
function page(selection: string, representations: readonly unknown[], as: string | undefined = 'user:ann') {
  return server().ask(`query ($r: [_Any!]!) { _entities(representations: $r) { ${selection} } }`, {
    variables: { r: representations },
    ...(as !== '' && { as }),
  });
}

const places = ({ errors }: Answer) =>
  errors.map(({ path, extensions }: AnswerError) => [path?.join('.'), extensions.code]);

describe('a page', () => {
  test('has permissions for entities of several types', async () => {
    const selection =
      '__typename ... on Track { id permissions { canA canListen } } ... on Album { permissions { canEdit } }';
    const answer = await page(selection, [track('7'), album('1'), track('open'), album('2'), track('nowhere')]);
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({
      _entities: [
        { __typename: 'Track', id: '7', permissions: { canA: true, canListen: false } },
        { __typename: 'Album', permissions: { canEdit: true } },
        { __typename: 'Track', id: 'open', permissions: { canA: false, canListen: true } },
        { __typename: 'Album', permissions: { canEdit: false } },
        { __typename: 'Track', id: 'nowhere', permissions: { canA: false, canListen: false } },
      ],
    });
  });

  /** One: clock, revision, model, names and edges come from one state, and nothing is asked of it afterwards. */
  function expectOneStatement(mostOfReplica = 2): void {
    const kinds = server()
      .takeStatements()
      .map((statement) => statement.trim().split(/\s/)[0]);
    // From a replica it proves the state, and is shared: by others, and by the replica itself, which may ask one of its own beside it.
    const most = isOnReplica ? mostOfReplica : 1;
    expect(new Set(kinds)).toEqual(new Set([isOnReplica ? 'select' : 'with']));
    expect(kinds.length).toBeLessThanOrEqual(most);
  }
  const permissionsOf = (fields: readonly string[]) => `... on Track { permissions { ${fields.join(' ')} } }`;

  test.each([
    ['1 track and 1 permission', permissionsOf(['canA']), tracks(1)],
    ['1 track and 10 permissions', permissionsOf(all), tracks(1)],
    ['50 tracks and 1 permission', permissionsOf(['canA']), tracks(50)],
    ['50 tracks and 10 permissions', permissionsOf(all), tracks(50)],
    [
      '50 tracks and 10 albums',
      `${permissionsOf(all)} ... on Album { permissions { canEdit } }`,
      [...tracks(50), ...Array.from({ length: 10 }, (_, index) => album(100 + index))],
    ],
    [
      '50 tracks under two names',
      `${permissionsOf(all)} ... on Track { again: permissions { first: canA second: canA } }`,
      tracks(50),
    ],
  ])('of %s is one batch with the same number of statements', async (_shape, selection, representations) => {
    await page('__typename ... on Track { permissions { canA } }', tracks(1));
    server().takeStatements();
    const answer = await page(selection, representations);
    expect(answer.errors).toEqual([]);
    expectOneStatement();
  });

  test('of 500 tracks and 10 permissions is 5,000 checks in one state, and more is refused before it is asked', async () => {
    server().takeStatements();
    const answer = await page(permissionsOf(all), tracks(500));
    const granted = (index: number) => Object.fromEntries(all.map((field) => [field, index < 50]));
    expect(answer.data).toEqual({
      _entities: Array.from({ length: 500 }, (_, index) => ({ permissions: granted(index) })),
    });
    // Hundreds of names that are not remembered are looked up apart, with a proof of their history.
    expectOneStatement(4);
    expect(codesOf(await page(permissionsOf(all), tracks(501)))).toEqual(['BAD_USER_INPUT']);
    expect(server().takeStatements()).toEqual([]);
  });

  test('shares its batch with what else the request asks about its viewer', async () => {
    server().takeStatements();
    const answer = await server().ask(
      `query ($r: [_Any!]!) {
        viewer { can(permission: "can_a", object: "track:3") decisions(checks: [{ permission: "can_b", object: "track:9" }]) { allowed } }
        _entities(representations: $r) { ... on Track { permissions { canA } } }
        again: _entities(representations: $r) { ...Mine }
      }
      fragment Mine on Track { permissions { ...Rights } }
      fragment Rights on TrackPermissions { canA canC }`,
      { as: 'user:ann', variables: { r: tracks(2) } },
    );
    expect(answer.data).toEqual({
      viewer: { can: true, decisions: [{ allowed: true }] },
      _entities: Array(2).fill({ permissions: { canA: true } }),
      again: Array(2).fill({ permissions: { canA: true, canC: true } }),
    });
    expectOneStatement();
  });

  test('is one batch also where several long lists are gone through in pieces', async () => {
    server().takeStatements();
    const answer = await server().ask(
      `query ($r: [_Any!]!) {
        viewer { can(permission: "can_a", object: "track:3") }
        _entities(representations: $r) { ... on Track { permissions { canA } } }
        again: _entities(representations: $r) { ... on Track { permissions { canB } } }
      }`,
      { as: 'user:ann', variables: { r: [...tracks(250), { __typename: 'Nothing' }] } },
    );
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
    expectOneStatement();
  });

  test('asks only the permissions that it selects', async () => {
    const undecidable = await page('... on Track { permissions { canStream } }', [track('local')]);
    expect(codesOf(undecidable)).toEqual(['MISSING_CONTEXT']);
    server().takeStatements();
    const selections = ['{ canListen }', '{ canListen canStream @skip(if: true) }', '{ __typename }'];
    const answers = [];
    for (const selection of selections) {
      answers.push(codesOf(await page(`... on Track { permissions ${selection} }`, [track('local')])));
      answers.push(server().takeStatements().length);
    }
    expect(answers).toEqual([[], 1, [], 1, [], 0]);
  });

  test.each([
    ['... on Track @include(if: $no) { permissions { canStream } } ...Heard', { canListen: false }],
    ['... on _Entity @skip(if: $yes) { ... on Track { permissions { canStream } } } ...Heard', { canListen: false }],
    [
      '... on Track { ...Streamed @include(if: $no) permissions { again: canA } } ...Heard',
      { again: false, canListen: false },
    ],
    ['...Heard ... on Track { permissions @skip(if: $yes) { canStream } }', { canListen: false }],
    ['... on Album { permissions { canEdit } } ... on Track { ... { ...Heard } }', { canListen: false }],
  ])('asks what its variables leave of %s', async (selection, permissions) => {
    const answer = await server().ask(
      `query ($r: [_Any!]!, $yes: Boolean! = true, $no: Boolean! = false) {
        _entities(representations: $r) { ${selection} ...Nothing @include(if: $no) ...Streamed @skip(if: $yes) }
      }
      fragment Heard on Track { permissions { ...Rights canStream @include(if: $no) } }
      fragment Rights on TrackPermissions { canListen }
      fragment Streamed on Track { permissions { canStream } }
      fragment Nothing on _Entity { __typename }`,
      { as: 'user:ann', variables: { r: [track('local')] } },
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({ _entities: [{ permissions }] });
  });

  test('has no permissions, and no error, for a request without a token', async () => {
    const answer = await page('... on Track { id permissions { canA canStream } }', [track('1'), track('local')], '');
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({
      _entities: [
        { id: '1', permissions: null },
        { id: 'local', permissions: null },
      ],
    });
  });

  test('renders without the permissions that cannot be decided', async () => {
    const ids = ['local', 'swedish', 'open', '1'];
    const answer = await page('... on Track { id permissions { canStream canA } }', ids.map(track));
    expect(answer.data).toEqual({
      _entities: [
        { id: 'local', permissions: null },
        { id: 'swedish', permissions: { canStream: true, canA: false } },
        { id: 'open', permissions: { canStream: true, canA: false } },
        { id: '1', permissions: { canStream: false, canA: true } },
      ],
    });
    expect(places(answer)).toEqual([['_entities.0.permissions.canStream', 'MISSING_CONTEXT']]);
  });
});

describe('a forged representation', () => {
  const selection = '__typename ... on Track { id permissions { canA } }';
  const own = { __typename: 'Track', id: '1', permissions: { canA: true } };
  const nobodys = { ...own, permissions: { canA: false } };

  test.each<readonly [string, unknown, unknown]>([
    ['extra keys', { ...track('1'), album: 'album:1', subject: 'user:eve', canA: false }, own],
    ['permissions of its own', { ...track('1'), permissions: { canA: false } }, own],
    ['a whole number as key', track(1), own],
    ['keys that look alike', track('１'), { ...nobodys, id: '１' }],
    ['a key with a zero in front', track('01'), { ...nobodys, id: '01' }],
    ['the name of another type', { ...track('1'), __typename: 'Album' }, { __typename: 'Album' }],
  ])('with %s is nothing but a pointer', async (_what, representation, entity) => {
    const answer = await page(selection, [representation, track('2')]);
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({ _entities: [entity, { ...own, id: '2' }] });
  });

  test.each<readonly [string, unknown]>([
    ['no key', { __typename: 'Track' }],
    ['null as key', track(null)],
    ['an object as key', track({ toString: 'x' })],
    ['a list as key', track(['1'])],
    ['a broken number as key', track(1.5)],
    ['a number that is not exact as key', track(2 ** 53)],
    ['a truth as key', track(true)],
    ['the key under another name', { __typename: 'Track', ID: '1' }],
    ['no type', { id: '1' }],
    ['a type of the model', { __typename: 'track', id: '1' }],
    ['a type that is no entity', { __typename: 'Viewer', id: '1' }],
    ['the type of permissions', { __typename: 'TrackPermissions', id: '1' }],
    ['an inherited name as type', { __typename: 'constructor', id: '1' }],
    ['a list as type', { __typename: ['Track'], id: '1' }],
    ['text instead of it', 'Track:1'],
    ['a number instead of it', 1],
    ['a list instead of it', [track('1')]],
  ])('with %s is refused at its place, and the others answer', async (_what, representation) => {
    const answer = await page(selection, [representation, track('1')]);
    expect(answer.data).toEqual({ _entities: [null, own] });
    expect(places(answer)).toEqual([['_entities.0', 'BAD_USER_INPUT']]);
  });

  test.each([
    ['an empty id', ''],
    ['257 bytes', 'x'.repeat(257)],
    ['10,000 bytes', 'x'.repeat(10_000)],
    ['a space', 'a b'],
    ['a colon', 'a:b'],
    ['a hash', 'a#b'],
    ['NUL', 'a\u0000'],
    ['a zero-width space', 'a\u200b'],
    ['a lone surrogate', 'a\ud800'],
    ['text that is not NFC', 'e\u0301'],
    ['a wildcard', '*'],
  ])('with %s as id has no permissions, and says why', async (_what, id) => {
    const answer = await page('... on Track { permissions { canA canB } }', [track(id), track('1')]);
    expect(answer.data).toEqual({ _entities: [{ permissions: null }, { permissions: { canA: true, canB: true } }] });
    expect(places(answer)).toEqual([['_entities.0.permissions', 'BAD_USER_INPUT']]);
  });

  test('among thousands that are wrong, the first are told the nearest name', async () => {
    const wrong = Array.from({ length: 4000 }, () => ({ __typename: 'Trakc', id: '1' }));
    const answer = await page('__typename', wrong);
    const hints = answer.errors?.filter(({ message }) => message.includes('Did you mean')) ?? [];
    expect([answer.errors?.length, hints.length]).toEqual([4000, 10]);
  });

  test.each([
    ['too many representations', 'user:ann', '__typename', 5001, ['BAD_USER_INPUT']],
    ['too many representations without a token', '', '__typename', 5001, ['BAD_USER_INPUT']],
    ['many representations', 'user:ann', '... on Track { permissions { canA canB } }', 1000, []],
    ['too many permissions', 'user:ann', '... on Track { permissions { canA canB } }', 2501, ['BAD_USER_INPUT']],
  ])('among %s', async (_what, as, fields, count, codes) => {
    const answer = await page(fields, tracks(count), as);
    expect(codesOf(answer)).toEqual(codes);
  });

  test('that is repeated under many names is counted each time', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `n${index}: _entities(representations: $r) { __typename }`);
    const answer = await server().ask(`query ($r: [_Any!]!) { ${names.join(' ')} }`, { variables: { r: tracks(100) } });
    expect(codesOf(answer)[0]).toBe('BAD_USER_INPUT');
    expect(answer.data ?? null).toBeNull();
  });
});
