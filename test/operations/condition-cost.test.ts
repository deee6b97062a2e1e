import { expect, test } from 'vitest';
import { explainPermission } from '../../src/operations/access/explain-permission.ts';
import { useDatabase } from '../support/database.ts';
import { context, dsl, object, relationship, subject } from '../support/parse.ts';
import { publish, signedIn, usePostern, write } from '../support/postern.ts';

const postern = usePostern(useDatabase());

/** About 140 KB of context, a quarter of what a request may bring, from somebody without any right. */
test('one condition with much context does not hold up everybody', async () => {
  const scoped = '(requested: list<string>, permitted: list<string>) { requested.all(r, r in permitted) }';
  await publish(postern(), dsl({ user: {}, doc: { viewer: '[user:* with scoped]' } }, { scoped }));
  const permitted = Array.from({ length: 4000 }, (_, n) => `${n}`);
  await write(postern(), [relationship('doc:1#viewer@user:*', { condition: ['scoped', { permitted }] })]);
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 10);
  const requested = Array.from({ length: 20_000 }, () => '3999');
  await explainPermission(postern(), signedIn('user:eve'), {
    subject: subject('user:eve'),
    permission: 'viewer',
    object: object('doc:1'),
    context: context({ requested }),
    contextual: [],
  });
  await new Promise((resolve) => setTimeout(resolve, 30));
  clearInterval(timer);
  expect(longest).toBeLessThan(1000);
}, 60_000);
