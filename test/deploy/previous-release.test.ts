import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { createEmptyDatabase, type TestDatabase } from '../support/database.ts';
import { migrateUpTo } from '../support/migrate-up-to.ts';
import { type PosternServer, startPosternServer } from '../support/postern-server.ts';
import { runMain } from '../support/run-main.ts';
import { keyedGrant, type Question, questions, readPreviousRelease, writeTables } from './support/previous-release.ts';
import { startPreviousServer } from './support/previous-server.ts';

/** With it, a server of the version before is started from the history of this repository. */
const isLong = process.env.TEST_DEPLOY === 'long';
const previous = readPreviousRelease();
const claims = { territory: 'SE' };

let database: TestDatabase;
let server: PosternServer;

beforeAll(async () => {
  database = await createEmptyDatabase();
  await migrateUpTo(database.url, previous.lastMigration);
  await writeTables(database.url, previous.tables);
  server = await startPosternServer({ databaseUrl: database.url, claims });
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

async function answerTo({ as, query }: Question): Promise<unknown> {
  return JSON.parse((await server.ask(query, { as })).text);
}

function tokenOf(answer: unknown): string {
  return /"consistencyToken":"([\w-]+)"/.exec(JSON.stringify(answer))?.[1] ?? 'none';
}

/** The form of tokens may change; what they are good for may not. */
function withoutToken(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer).replace(/"consistencyToken":"[\w-]+"/, '"consistencyToken":""'));
}

describe('on the tables and the data that a server of the version before has left', () => {
  test('what was recorded is worth asking', () => {
    expect(JSON.stringify(previous.answers)).not.toMatch(/GRAPHQL_VALIDATION_FAILED|UNAVAILABLE/);
    expect(JSON.stringify(previous.answers)).toContain('"allowed":true');
  });

  test.each(questions.map((question, place) => ({ ...question, answer: previous.answers[place] })))(
    '$as is answered as before: $query',
    async ({ answer, ...question }) => {
      expect(await answerTo(question)).toEqual(answer);
    },
  );

  test('a write that is sent again with its key is not done again, and its token is believed', async () => {
    const again = await answerTo(keyedGrant);
    expect(withoutToken(again)).toEqual(withoutToken(previous.granted));
    for (const token of [tokenOf(previous.granted), tokenOf(again)]) {
      const query = `{ viewer(consistency: { atLeastAsFresh: "${token}" }) { can(permission: "can_manage_access", object: "organization:northwind") } }`;
      expect(await answerTo({ as: 'user:olga', query })).toEqual({ data: { viewer: { can: true } } });
    }
  });

  test('the audit log is proven from its beginning, and written on', async () => {
    const grant = keyedGrant.query.replace('user:nia', 'user:zoe').replace('hire-nia', 'hire-zoe');
    expect(await answerTo({ as: 'user:olga', query: grant })).toMatchObject({
      data: { grantRole: { userErrors: [] } },
    });
    const { code, output } = await runMain(['audit', 'verify'], { environment: { DATABASE_URL: database.url } }).end;
    expect([code, output]).toEqual([0, expect.stringMatching(/7 events/)]);
  });
});

if (isLong)
  describe('a server of the version before', () => {
    test('goes on beside this one on its newer tables, and each sees what the other writes', async () => {
      const newer = await createEmptyDatabase();
      await migrate(newer.url);
      await using older = await startPreviousServer(previous.commit, newer.url, ['--example', 'examples/creators']);
      const other = await startPosternServer({ databaseUrl: newer.url, claims });
      const ask = async ({ as, query }: Question) => JSON.parse((await other.ask(query, { as })).text);
      const isAdmin = (consistency: string) => ({
        as: 'service:playlist-api',
        query: `{ checkPermissions(input: { checks: [{ subject: "user:nia", permission: "can_manage_access", object: "organization:northwind" }], consistency: { ${consistency} } }) { decisions { allowed error { code } } } }`,
      });
      const revoke = {
        as: 'user:olga',
        query: `mutation { revokeRole(input: { subject: "user:nia", role: "admin", object: "organization:northwind" }) { consistencyToken userErrors { code } } }`,
      };
      const first = isAdmin(`atLeastAsFresh: "${tokenOf(await older.ask(keyedGrant))}"`);
      expect(await ask(first)).toEqual(await older.ask(first));
      expect(JSON.stringify(await ask(first))).toContain('"allowed":true');
      expect(await ask(revoke)).toMatchObject({ data: { revokeRole: { userErrors: [] } } });
      // Nothing is out yet whose servers would have to believe the tokens of this one.
      const second = isAdmin('fullyConsistent: true');
      expect(await older.ask(second)).toEqual(await ask(second));
      expect(JSON.stringify(await ask(second))).toContain('"allowed":false');
      for (const question of questions) expect(await ask(question)).toEqual(await older.ask(question));
      await other.stop();
      await newer.drop();
    }, 120_000);

    test('decides nothing any more as soon as a relationship is to begin, which it would take for one that counts', async () => {
      const newer = await createEmptyDatabase();
      await migrate(newer.url);
      const example = ['--example', 'examples/creators'];
      const older = await startPreviousServer(previous.commit, newer.url, example);
      const other = await startPosternServer({ databaseUrl: newer.url, claims });
      const admins = (query: string) => ({ as: 'service:playlist-api', query });
      const isAdmin = admins(
        '{ checkPermissions(input: { checks: [{ subject: "user:nia", permission: "can_manage_access", object: "organization:northwind" }, { subject: "user:adam", permission: "can_manage_access", object: "organization:northwind" }] }) { decisions { allowed } } }',
      );
      const both = (nia: boolean, adam: boolean) => ({
        data: { checkPermissions: { decisions: [{ allowed: nia }, { allowed: adam }] } },
      });
      const ask = async ({ as, query }: Question) => JSON.parse((await other.ask(query, { as })).text);
      expect([await older.ask(isAdmin), await ask(isAdmin)]).toEqual([both(false, true), both(false, true)]);
      const later = keyedGrant.query.replace('role: "admin",', 'role: "admin", startsAt: "2098-01-01T00:00:00Z",');
      expect(await ask({ as: 'user:olga', query: later })).toMatchObject({ data: { grantRole: { userErrors: [] } } });
      expect(await ask(isAdmin)).toEqual(both(false, true));
      for (const question of [isAdmin, ...questions]) {
        const answer = JSON.stringify(await older.ask(question));
        expect(answer).toContain('AUTHORIZATION_UNAVAILABLE');
        expect(answer).not.toContain('"allowed":true');
      }
      await older[Symbol.asyncDispose]();
      await expect(startPreviousServer(previous.commit, newer.url, example)).rejects.toThrow();
      await other.stop();
      await newer.drop();
    }, 240_000);
  });
