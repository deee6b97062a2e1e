import { expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { dsl } from '../support/parse.ts';
import { publish, usePostern } from '../support/postern.ts';

const statements: string[] = [];
const postern = usePostern(useDatabase(), {
  connections: 1,
  statementTimeoutMs: 1000,
  onStatement: (text) => statements.push(text),
});

test('a snapshot whose time is over reads no further, so that it does not keep its connection', async () => {
  await publish(postern(), dsl({ user: {}, doc: { viewer: '[user]' } }));
  let rounds = 0;
  let ended = false;
  const late = postern().store.reader.withSnapshot([], async (snapshot) => {
    try {
      for (; rounds < 30; rounds++) {
        await snapshot.readObjects('doc' as never, undefined, 10);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    } finally {
      ended = true;
    }
  });
  await expect(late).rejects.toThrow('took longer');
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(ended).toBe(true);
  expect(rounds).toBeLessThan(15);
}, 20_000);
