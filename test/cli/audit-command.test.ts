import { afterAll, beforeAll, expect, test } from 'vitest';
import { printAuditHead, replayAudit, verifyAudit } from '../../src/cli/audit-command.ts';
import { exportAudit } from '../../src/cli/audit-export.ts';
import { type AuditEvent, type AuditHead, hashOfEvent } from '../../src/store/audit-event.ts';
import type { AuditLog } from '../../src/store/audit-log.ts';
import { openAuditLog } from '../../src/store/postgres/open-audit-log.ts';
import { plainShapes } from '../../src/store/postgres/plain-shapes.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner, connectionsOf } from '../support/owner-sql.ts';
import { dsl } from '../support/parse.ts';
import { publish, usePostern, write } from '../support/postern.ts';
import { runMain } from '../support/run-main.ts';
import { runProgram } from '../support/run-program.ts';

const database = useDatabase();
const postern = usePostern(database);
let owner: Sql;
let anchor = '';

beforeAll(async () => {
  owner = connectAsOwner(database());
  await publish(postern(), dsl({ user: {}, doc: { viewer: '[user]' } }));
  await write(postern(), ['doc:1#viewer@user:ann']);
  const { length, hash } = await postern().store.audit.head();
  anchor = `${hash}@${length}`;
});

afterAll(() => owner.end());

async function run(
  command: (log: AuditLog, print: (line: string) => void) => Promise<number>,
  log = postern().store.audit,
) {
  const lines: string[] = [];
  return { code: await command(log, (line) => lines.push(line)), lines };
}

test('head prints the anchor alone on its line, and what to do with it', async () => {
  const { code, lines } = await run(printAuditHead);
  expect([code, lines[0]]).toEqual([0, anchor]);
  expect(lines.join('\n')).toContain(`npm run postern -- audit verify --anchor ${anchor}`);
});

test('verify is 0 for a sound log, and says what it does not prove', async () => {
  const { code, lines } = await run((log, print) => verifyAudit(log, undefined, print));
  expect(code).toBe(0);
  expect(lines).toEqual([
    'The audit log is sound: 2 events.',
    'Without an anchor, a log that was cut off or written anew as a whole looks sound as well.',
    `Next: keep ${anchor} outside of the database, and give it to --anchor the next time.`,
  ]);
  expect((await run((log, print) => verifyAudit(log, anchor, print))).lines).toHaveLength(2);
});

test.each([[''], ['x@1'], ['@'], [`${'a'.repeat(43)}@`], [`${'a'.repeat(43)}@-1`], [`${'a'.repeat(44)}@1`]])(
  'verify is 2 for the anchor %j',
  async (text) => {
    const { code, lines } = await run((log, print) => verifyAudit(log, text, print));
    expect([code, lines[0]]).toEqual([2, expect.stringContaining('is not of the form HASH@LENGTH')]);
  },
);

test('verify is 1 for a log that is not what was recorded, and replay for relationships that are not', async () => {
  await owner
    .begin(async (sql) => {
      const log = openAuditLog(connectionsOf(sql), plainShapes, (work) => work());
      await sql`update store set audit_head = ''`;
      const { code, lines } = await run((given, print) => verifyAudit(given, anchor, print), log);
      expect([code, lines[0]]).toEqual([1, 'Event 2 is not the one that the store knows as the last.']);
      throw new Error('taken back');
    })
    .catch((error: unknown) => expect(error).toHaveProperty('message', 'taken back'));
  expect((await run(replayAudit)).code).toBe(0);
  await owner`update relationship set created_by = 'user:eve'`;
  const { code, lines } = await run(replayAudit);
  expect([code, lines.length]).toEqual([1, 2]);
  await owner`update relationship set created_by = null`;
});

test('replay names the relationships whose values are ignored', async () => {
  await owner`update relationship set context = ${owner.json({ current_time: 'soon' })}`;
  const { lines } = await run((log, print) => replayAudit(log, print, new Set(['current_time'])));
  expect(lines.join('\n')).toMatch(
    /have a value for what only a request says.*ignored:\n {2}".+#.+@.+": "current_time"\n.*Next/s,
  );
  await owner`update relationship set context = null`;
});

test.each<[args: readonly string[], address: () => string, code: number]>([
  [['head'], database, 0],
  [['verify', '--anchor', '@0'], database, 0],
  [['replay'], database, 0],
  [['verify'], () => 'postgres://nobody@127.0.0.1:1/none', 2],
])('postern audit %j ends as it says', async (args, address, code) => {
  const ended = await runProgram(['audit', ...args], { environment: { DATABASE_URL: address() } });
  expect(ended).toMatchObject({ code, errors: expect.stringMatching(/^Database: .*\n$/) });
});

test('postern audit verify ends its process as it says', async () => {
  await using main = runMain(['audit', 'verify', '--anchor', 'x@1'], { environment: { DATABASE_URL: database() } });
  expect(await main.end).toMatchObject({ code: 2 });
});

test('export prints every event, each with the hash that the next one follows from', async () => {
  const { code, lines } = await run(exportAudit);
  const head = await postern().store.audit.head();
  const events = lines.map((line) => JSON.parse(line) as AuditEvent & AuditHead);
  let hash = '';
  for (const { hash: said, ...event } of events) {
    hash = hashOfEvent(hash, event);
    expect(said).toBe(hash);
  }
  expect([code, events.length, hash]).toEqual([0, head.length, head.hash]);
});
