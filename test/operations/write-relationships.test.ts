import { beforeAll, describe, expect, test } from 'vitest';
import { formatRelationship } from '../../src/model/relationship.ts';
import {
  maxRelationshipsPerWrite,
  writeRelationships,
} from '../../src/operations/relationships/write-relationships.ts';
import { dsl, object, type RelationshipParts, relationship } from '../support/parse.ts';
import { everyStore, operator, publish, signedIn, usePosternOn, write, writing } from '../support/postern.ts';

describe.each(everyStore)('on %s', (store) => {
  const postern = usePosternOn(store);

  beforeAll(async () => {
    const late = '(hour: int, more: list<int>) {\n  hour > 17\n}';
    const early = '(hour: int) {\n  hour < 8\n}';
    const viewer = '[user, user with late, user with early]';
    const platform = {
      writer: '[user]',
      reader: '[user]',
      can_write_relationships: 'writer',
      can_read_relationships: 'reader',
    };
    const doc = { viewer, editor: '[user]', manager: '[user]', can_edit: 'editor', can_grant_editor: 'manager' };
    await publish(postern(), dsl({ user: {}, platform, doc }, { late, early }));
    await write(postern(), [
      ...['user:wim', 'user:may', 'user:roy'].map((who) => `platform:main#writer@${who}`),
      'platform:main#reader@user:roy',
      'doc:7#manager@user:may',
      'doc:7#editor@user:ann',
    ]);
  });

  const text = 'doc:1#viewer@user:ann';
  const plain = relationship(text);
  const of = (parts: RelationshipParts) => relationship(text, parts);
  const late = of({ condition: ['late', { hour: 18, more: [1, 2] }] });
  const soon = of({ expiresAt: new Date('2100-01-01T00:00:00Z') });
  const past = of({ expiresAt: new Date('2000-01-01T00:00:00Z') });

  type Written = ReturnType<typeof relationship>;

  async function stored(): Promise<readonly string[]> {
    const page = await postern().store.readRelationships({ object: object('doc:1') }, 100, undefined);
    return page.relationships.map((one) => formatRelationship(one.relationship)).toSorted();
  }

  /** What became of a write: how many were written and deleted, or the code of the refusal. */
  async function outcomeOf(input: Parameters<typeof writeRelationships>[2], actor = operator): Promise<string> {
    const result = await writeRelationships(postern(), actor, input);
    if (result.ok) return `${result.value.outcome.written} ${result.value.outcome.deleted}`;
    return result.problem.kind === 'invalid' ? (result.problem.errors[0]?.code ?? '') : result.problem.kind;
  }

  describe('a relationship that exists already', () => {
    test.each<[what: string, before: Written, wanted: Written, error: string, ignore: string]>([
      ['the same', plain, plain, 'ALREADY_EXISTS', '0 0'],
      [
        'the same, with a condition',
        late,
        of({ condition: ['late', { more: [1, 2], hour: 18 }] }),
        'ALREADY_EXISTS',
        '0 0',
      ],
      [
        'the same, with an expiry',
        soon,
        of({ expiresAt: new Date('2100-01-01T01:00:00+01:00') }),
        'ALREADY_EXISTS',
        '0 0',
      ],
      ['with a condition now', plain, late, 'ALREADY_EXISTS', 'CONFLICT'],
      ['without its condition now', late, plain, 'ALREADY_EXISTS', 'CONFLICT'],
      ['with another condition', late, of({ condition: ['early', { hour: 18 }] }), 'ALREADY_EXISTS', 'CONFLICT'],
      [
        'with another context',
        late,
        of({ condition: ['late', { hour: 19, more: [1, 2] }] }),
        'ALREADY_EXISTS',
        'CONFLICT',
      ],
      [
        'with a context in another order',
        late,
        of({ condition: ['late', { hour: 18, more: [2, 1] }] }),
        'ALREADY_EXISTS',
        'CONFLICT',
      ],
      [
        'with a context of other types',
        late,
        of({ condition: ['late', { hour: '18', more: [1, 2] }] }),
        'ALREADY_EXISTS',
        'CONFLICT',
      ],
      ['with less context', late, of({ condition: ['late', { hour: 18 }] }), 'ALREADY_EXISTS', 'CONFLICT'],
      ['with an expiry now', plain, soon, 'ALREADY_EXISTS', 'CONFLICT'],
      ['without its expiry now', soon, plain, 'ALREADY_EXISTS', 'CONFLICT'],
      [
        'with another expiry',
        soon,
        of({ expiresAt: new Date('2100-01-01T00:00:00.001Z') }),
        'ALREADY_EXISTS',
        'CONFLICT',
      ],
      ['expired', past, plain, '1 0', '1 0'],
    ])('%s', async (_what, before, wanted, error, ignore) => {
      const other = 'doc:1#viewer@user:other';
      for (const [onDuplicate, expected] of [
        ['ERROR', error],
        ['IGNORE', ignore],
      ] as const) {
        await write(postern(), [before]);
        const both = writing([wanted, other], [], { onDuplicate });
        const outcome = expected.replace(/^\d/, (count) => String(Number(count) + 1));
        expect([onDuplicate, await outcomeOf(both)]).toEqual([onDuplicate, outcome]);
        const isRefused = Number.isNaN(Number(expected[0]));
        expect(await stored()).toEqual(isRefused ? [text] : [text, other]);
        await writeRelationships(postern(), operator, writing([], [plain, other], { onMissing: 'IGNORE' }));
      }
    });
  });

  describe('a relationship that is missing', () => {
    test.each<[onMissing: 'ERROR' | 'IGNORE', deletes: readonly string[], outcome: string, left: readonly string[]]>([
      ['ERROR', ['doc:1#viewer@user:ann'], '0 1', []],
      ['ERROR', ['doc:1#viewer@user:ann', 'doc:1#viewer@user:ben'], 'NOT_FOUND', [text]],
      ['ERROR', ['doc:1#editor@user:ann'], 'NOT_FOUND', [text]],
      ['ERROR', ['doc:2#viewer@user:ann'], 'NOT_FOUND', [text]],
      ['ERROR', ['gone:1#viewer@user:ann'], 'UNKNOWN_TYPE', [text]],
      ['ERROR', ['doc:1#viewer@doc:1#viewer'], 'NOT_FOUND', [text]],
      ['ERROR', ['doc:1#viewer@user:*'], 'NOT_FOUND', [text]],
      ['IGNORE', ['doc:1#viewer@user:ben'], '0 0', [text]],
      ['IGNORE', ['gone:1#gone@gone:*', 'doc:1#viewer@user:ann'], 'UNKNOWN_TYPE', [text]],
    ])('with %s, %j: %s', async (onMissing, deletes, outcome, left) => {
      await writeRelationships(postern(), operator, writing([plain], [], { onDuplicate: 'IGNORE' }));
      expect(await outcomeOf(writing([], deletes, { onMissing }))).toBe(outcome);
      expect(await stored()).toEqual(left);
      await writeRelationships(postern(), operator, writing([], [plain], { onMissing: 'IGNORE' }));
    });
  });

  test('deletes come first: a relationship moves, and what is deleted makes room', async () => {
    await write(postern(), [plain]);
    expect(await outcomeOf(writing(['doc:1#editor@user:ann'], [plain]))).toBe('1 1');
    expect(await stored()).toEqual(['doc:1#editor@user:ann']);
    await write(postern(), [], ['doc:1#editor@user:ann']);
  });

  const many = (count: number) => Array.from({ length: count }, (_, index) => `doc:many#viewer@user:${index}`);

  test.each<[what: string, writes: readonly string[], deletes: readonly string[], code: string]>([
    ['nothing', [], [], 'INVALID_INPUT'],
    ['the same twice', [text, text], [], 'DUPLICATE_RELATIONSHIP'],
    ['the same deleted twice', [], [text, text], 'DUPLICATE_RELATIONSHIP'],
    ['the same written and deleted', [text], [text], 'DUPLICATE_RELATIONSHIP'],
    ['one too many', many(maxRelationshipsPerWrite + 1), [], 'INVALID_INPUT'],
    ['one too many together', many(maxRelationshipsPerWrite), [text], 'INVALID_INPUT'],
    ['an unknown type', ['dco:1#viewer@user:ann'], [], 'UNKNOWN_TYPE'],
    ['an unknown relation', ['doc:1#viewr@user:ann'], [], 'UNKNOWN_RELATION'],
    ['a computed relation', ['doc:1#can_edit@user:ann'], [], 'INVALID_RELATIONSHIP'],
  ])('%s is refused', async (_what, writes, deletes, code) => {
    expect(await outcomeOf(writing(writes, deletes))).toBe(code);
  });

  test('every mistake is reported, each at its place', async () => {
    const writes = ['doc:1#viewr@user:ann', 'doc:1#viewer@user:ann', 'doc:1#viewer@doc:2'];
    expect(await writeRelationships(postern(), operator, writing(writes))).toMatchObject({
      problem: {
        errors: [
          { code: 'UNKNOWN_RELATION', field: ['input', 'writes', '0'] },
          { code: 'INVALID_RELATIONSHIP', field: ['input', 'writes', '2'] },
        ],
      },
    });
  });

  describe('a precondition tells what is there only to those who may know', () => {
    test.each<[what: string, who: string, named: readonly string[], outcome: string]>([
      ['a writer without any other right', 'user:wim', ['doc:7#editor@user:ann'], 'forbidden'],
      ['nor of what is not there', 'user:wim', ['doc:7#editor@user:bob'], 'forbidden'],
      ['nor of what does not exist at all', 'user:wim', ['doc:none#nothing@user:bob'], 'forbidden'],
      ['whoever may grant that role on that object', 'user:may', ['doc:7#editor@user:ann'], '1 0'],
      ['but not another role', 'user:may', ['doc:7#editor@user:ann', 'doc:7#manager@user:may'], 'forbidden'],
      ['nor on another object', 'user:may', ['doc:8#editor@user:ann'], 'forbidden'],
      ['whoever reads all relationships', 'user:roy', ['doc:7#editor@user:ann', 'doc:7#manager@user:may'], '1 0'],
      ['who is told what does not hold', 'user:roy', ['doc:7#editor@user:bob'], 'PRECONDITION_FAILED'],
    ])('%s', async (_what, who, named, outcome) => {
      const preconditions = named.map((name) => ({ relationship: relationship(name), exists: true }));
      const input = writing([`doc:9#viewer@${who}`], [], { preconditions });
      expect(await outcomeOf(input, signedIn(who))).toBe(outcome);
    });
  });
});
