import { describe, expect, test } from 'vitest';
import { formatSubjectRef } from '../../src/model/subject-ref.ts';
import { listSubjectsWithAccess } from '../../src/operations/access/list-subjects-with-access.ts';
import { dsl, object, relationship } from '../support/parse.ts';
import { done, everyStore, operator, publish, usePosternOn, write } from '../support/postern.ts';

describe.each(everyStore)('on %s', (store) => {
  const postern = usePosternOn(store);

  test('subjects that only the question names are listed once, although one of them is written between two pages', async () => {
    await publish(postern(), dsl({ user: {}, doc: { viewer: '[user]' } }));
    const contextual = ['user:a', 'user:b', 'user:c'].map((who) => relationship(`doc:1#viewer@${who}`));
    const page = async (after: string | undefined) =>
      done(
        await listSubjectsWithAccess(postern(), operator, {
          object: object('doc:1'),
          permission: 'viewer',
          subjectType: 'user',
          subjectRelation: undefined,
          context: new Map(),
          contextual,
          first: 1,
          after,
        }),
      );
    const seen: string[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 9; pages++) {
      const { subjects, endCursor, hasMore } = await page(after);
      seen.push(...subjects.map(({ subject }) => formatSubjectRef(subject)));
      if (pages === 0) await write(postern(), ['doc:2#viewer@user:a']);
      if (!hasMore) break;
      after = endCursor;
    }
    expect(seen.toSorted()).toEqual(['user:a', 'user:b', 'user:c']);
  });
});
