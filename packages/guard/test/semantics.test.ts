import { expect, test } from 'vitest';
import { allowOnly } from '../src/testing.ts';
import { catalog } from './support/catalog.ts';
import { expectRow, type Row } from './support/expect-row.ts';
import { ask, guard } from './support/guarded-subgraph.ts';

const royalties = 'track:1#can_view_royalties';
const track1 = (fields: string) => `{ track(id: 1) { ${fields} } }`;

const rows: Readonly<Record<string, Row>> = {
  'a field, allowed': {
    query: track1('royalties'),
    allow: [royalties],
    data: { track: { royalties: 10 } },
    asked: [[royalties]],
  },
  'a field, denied': {
    query: track1('title royalties'),
    data: { track: { title: 'One', royalties: null } },
    errors: ['FORBIDDEN track.royalties'],
  },
  'a field without a guard asks nothing': { query: track1('title'), data: { track: { title: 'One' } }, asked: [] },
  'another permission on the same object is none': {
    query: track1('royalties'),
    allow: ['track:1#can_view_contract', 'track:2#can_view_royalties', 'album:1#can_view_royalties'],
    data: { track: { royalties: null } },
    errors: ['FORBIDDEN track.royalties'],
  },
  'aliases of one field ask once': {
    query: track1('a: royalties b: royalties'),
    allow: [royalties],
    data: { track: { a: 10, b: 10 } },
    asked: [[royalties]],
  },
  'aliases with other arguments are asked each': {
    query: track1('a: split(to: "x") b: split(to: "y")'),
    allow: ['artist:y#can_view_split'],
    data: { track: { a: null, b: 5 } },
    errors: ['FORBIDDEN track.a'],
    asked: [['artist:x#can_view_split', 'artist:y#can_view_split']],
  },
  'an alias over the key changes no object': {
    query: '{ tracks { id: title royalties } }',
    allow: [royalties],
    data: null,
    errors: ['FORBIDDEN tracks.1.royalties', 'FORBIDDEN tracks.2.royalties'],
  },
  'a fragment': {
    query: `${track1('...f')} fragment f on Track { ... on Track { royalties } }`,
    data: { track: { royalties: null } },
    errors: ['FORBIDDEN track.royalties'],
  },
  'an interface': {
    query: '{ media { title } }',
    allow: [],
    data: { media: [{ title: 'One' }, { title: null }] },
    errors: ['FORBIDDEN media.1.title'],
    asked: [['work:9#can_see']],
  },
  'a union': {
    query: '{ results { __typename ... on Track { royalties } ... on Work { title } } }',
    allow: ['work:9#can_see'],
    data: {
      results: [
        { __typename: 'Track', royalties: null },
        { __typename: 'Work', title: 'Opus' },
      ],
    },
    errors: ['FORBIDDEN results.0.royalties'],
  },
  'what is skipped or not included is not asked': {
    query: `query ($no: Boolean!) ${track1('title royalties @include(if: $no) contract @skip(if: true)')}`,
    variables: { no: false },
    data: { track: { title: 'One' } },
    asked: [],
  },
  'what is included is asked': {
    query: `query ($yes: Boolean!) ${track1('royalties @include(if: $yes)')}`,
    variables: { yes: true },
    data: { track: { royalties: null } },
    errors: ['FORBIDDEN track.royalties'],
  },
  'one object for everybody': { query: '{ figures }', allow: ['platform:main#can_see_figures'], data: { figures: 1 } },
  'one object for everybody, denied': { query: '{ figures }', data: { figures: null }, errors: ['FORBIDDEN figures'] },
  'NULL hides without an error': { query: '{ quiet }', data: { quiet: null } },
  'NULL, allowed': { query: '{ quiet }', allow: ['platform:main#can_see_figures'], data: { quiet: 1 } },
  'two guards, both allowed': {
    query: track1('contract'),
    allow: ['track:1#can_view_contract', 'label:a#can_audit'],
    data: { track: { contract: 'C1' } },
    asked: [['track:1#can_view_contract', 'label:a#can_audit']],
  },
  'two guards, the first allowed': {
    query: track1('contract'),
    allow: ['track:1#can_view_contract'],
    data: { track: { contract: null } },
    errors: ['FORBIDDEN track.contract'],
  },
  'two guards, the second allowed': {
    query: track1('contract'),
    allow: ['label:a#can_audit'],
    data: { track: { contract: null } },
    errors: ['FORBIDDEN track.contract'],
  },
  'a pointer to null': {
    query: '{ track(id: 2) { contract } }',
    allow: ['track:2#can_view_contract'],
    data: { track: { contract: null } },
    errors: ['FORBIDDEN track.contract'],
  },
  'a field of a field': { query: track1('sleeve'), allow: ['album:7#can_edit'], data: { track: { sleeve: 'S1' } } },
  'a field of null': {
    query: '{ track(id: 2) { sleeve } }',
    allow: ['album:7#can_edit'],
    data: { track: { sleeve: null } },
    errors: ['FORBIDDEN track.sleeve'],
  },
  'a field of a list': {
    query: track1('sleeves'),
    allow: ['album:7#can_edit'],
    data: { track: { sleeves: null } },
    errors: ['FORBIDDEN track.sleeves'],
    asked: [['album:7#can_edit', 'album:8#can_edit']],
  },
  'a field of a list with null': {
    query: '{ track(id: 2) { sleeves } }',
    allow: ['album:7#can_edit'],
    data: { track: { sleeves: null } },
    errors: ['FORBIDDEN track.sleeves'],
  },
  'a field of an empty list': {
    query: '{ track(id: 3) { sleeves } }',
    data: { track: { sleeves: null } },
    errors: ['FORBIDDEN track.sleeves'],
    asked: [],
  },
  'a type: the key is free': {
    query: '{ work { __typename isrc } }',
    data: { work: { __typename: 'Work', isrc: 'w' } },
    asked: [],
  },
  'a type: its pointer is guarded too': {
    query: '{ work { number } }',
    data: { work: { number: null } },
    errors: ['FORBIDDEN work.number'],
  },
  'a type and a field, both needed': {
    query: '{ work { title notes } }',
    allow: ['work:9#can_see'],
    data: { work: { title: 'Opus', notes: null } },
    errors: ['FORBIDDEN work.notes'],
    asked: [['work:9#can_see', 'work:w#can_read_notes']],
  },
  'a type and a field, both allowed': {
    query: '{ work { notes } }',
    allow: ['work:9#can_see', 'work:w#can_read_notes'],
    data: { work: { notes: 'N' } },
  },
  'FILTER drops what is denied and keeps nulls': {
    query: '{ mine { id } }',
    allow: ['track:2#can_listen'],
    data: { mine: [null, { id: '2' }] },
    asked: [['track:1#can_listen', 'track:2#can_listen', 'track:3#can_listen']],
  },
  'FILTER by a field of the item': {
    query: '{ drafts { title } }',
    allow: ['track:1#can_read'],
    data: { drafts: [{ title: 'D1' }] },
  },
  'every item of a list': {
    query: '{ tracks { title royalties contract } }',
    allow: [
      royalties,
      'track:2#can_view_royalties',
      'track:3#can_view_royalties',
      'track:3#can_view_contract',
      'label:b#can_audit',
    ],
    data: {
      tracks: [
        { title: 'One', royalties: 10, contract: null },
        { title: 'Two', royalties: 20, contract: null },
        { title: 'Three', royalties: 30, contract: 'C3' },
      ],
    },
    errors: ['FORBIDDEN tracks.0.contract', 'FORBIDDEN tracks.1.contract'],
  },
  _entities: {
    query: `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Track { id title royalties } } }`,
    variables: {
      r: [
        { __typename: 'Track', id: '1' },
        { __typename: 'Track', id: '2' },
      ],
    },
    allow: [royalties],
    data: {
      _entities: [
        { __typename: 'Track', id: '1', title: 'One', royalties: 10 },
        { __typename: 'Track', id: '2', title: 'Two', royalties: null },
      ],
    },
    errors: ['FORBIDDEN _entities.1.royalties'],
  },
  '@requires': {
    query: `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Track { price } } }`,
    variables: {
      r: [
        { __typename: 'Track', id: '1', weight: 4 },
        { __typename: 'Track', id: '2', weight: 4 },
      ],
    },
    allow: [royalties],
    data: { _entities: [{ price: 8 }, { price: null }] },
    errors: ['FORBIDDEN _entities.1.price'],
  },
};

test.each(Object.entries(rows))('%s', (_name, row) => expectRow(row));

test('50 items with 3 guarded fields are one call', async () => {
  const client = allowOnly([]);
  const schema = guard(catalog(), client);
  const representations = Array.from({ length: 50 }, (_, index) => ({
    __typename: 'Track',
    id: `x${index}`,
    weight: 1,
    labelId: 'a',
  }));
  await ask(
    schema,
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Track { royalties price contract } } }',
    {
      variables: { r: representations },
    },
  );
  expect(client.asked.map((call) => call.length)).toEqual([101]);
});
