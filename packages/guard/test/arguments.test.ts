import { test } from 'vitest';
import { expectRow, type Row } from './support/expect-row.ts';

const rows: Readonly<Record<string, Row>> = {
  'the default of an argument': { query: '{ report }', allow: ['report:r1#can_read'], data: { report: 1 } },
  'the default of a variable': {
    query: 'query ($id: ID = "r2") { report(id: $id) }',
    allow: ['report:r1#can_read'],
    data: { report: null },
    errors: ['FORBIDDEN report'],
    asked: [['report:r2#can_read']],
  },
  'an argument that is null': {
    query: '{ report(id: null) }',
    data: { report: null },
    errors: ['FORBIDDEN report'],
    asked: [],
  },
  'items of a list in an input': {
    query: '{ statements(input: { items: [{ id: "a" }, { id: "b" }] }) }',
    allow: ['account:a#can_read'],
    data: { statements: null },
    errors: ['FORBIDDEN statements'],
    asked: [['account:a#can_read', 'account:b#can_read']],
  },
  'all items are allowed': {
    query: '{ statements(input: { items: [{ id: "a" }, { id: "b" }, { id: "a" }] }) }',
    allow: ['account:a#can_read', 'account:b#can_read'],
    data: { statements: 'statements' },
    asked: [['account:a#can_read', 'account:b#can_read']],
  },
  'an item without an id': {
    query: '{ statements(input: { items: [{ id: "a" }, {}] }) }',
    allow: ['account:a#can_read'],
    data: { statements: null },
    errors: ['FORBIDDEN statements'],
  },
  'no items': {
    query: '{ statements(input: { items: [] }) }',
    data: { statements: null },
    errors: ['FORBIDDEN statements'],
    asked: [],
  },
  'a list of lists': {
    query: '{ ids(ids: [["1"], ["2", "3"]]) }',
    allow: ['track:1#can_read', 'track:2#can_read', 'track:3#can_read'],
    data: { ids: 'ids' },
  },
  'a list with null': {
    query: '{ ids(ids: [["1", null]]) }',
    allow: ['track:1#can_read'],
    data: { ids: null },
    errors: ['FORBIDDEN ids'],
  },
  'a list that is null': { query: '{ ids(ids: [null]) }', data: { ids: null }, errors: ['FORBIDDEN ids'] },
  '1,000 objects': {
    query: 'query ($ids: [[ID]]) { ids(ids: $ids) }',
    variables: { ids: [Array.from({ length: 1000 }, (_, index) => `${index}`)] },
    allow: Array.from({ length: 1000 }, (_, index) => `track:${index}#can_read`),
    data: { ids: 'ids' },
  },
  '1,001 objects': {
    query: 'query ($ids: [[ID]]) { ids(ids: $ids) }',
    variables: { ids: [Array(500).fill('1'), Array(501).fill('1')] },
    allow: ['track:1#can_read'],
    data: { ids: null },
    errors: ['BAD_USER_INPUT ids'],
    asked: [],
  },
};

test.each(Object.entries(rows))('%s', (_name, row) => expectRow(row));
