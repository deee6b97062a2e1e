import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { runMain } from '../support/run-main.ts';

const databaseUrl = useDatabase();
const query = (track: string) =>
  JSON.stringify({
    query: `{ viewer { decisions(checks: [{ permission: "can_edit", object: "${track}" }]) { allowed } } }`,
  });

test('a server whose sessions are all ended every 20 ms lives, allows nothing more, and then works', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'postern-terminated-'));
  const owner = connectAsOwner(databaseUrl(), 1);
  await using server = runMain(['serve', '--example', join(process.cwd(), 'examples/creators')], {
    folder,
    environment: { DATABASE_URL: databaseUrl() },
  });
  const [, url = ''] = await server.printed(/ready at (\S+)/);
  const [, caller = '', token = ''] = await server.printed(/^ +(user:\S+) +(\S+)$/m);
  const post = async (body: string) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await fetch(url, { method: 'POST', headers, body });
    return { status: response.status, text: await response.text() };
  };
  const mayEdit = async (track: string) => (await post(query(track))).text.includes('"allowed":true');
  expect([caller, await mayEdit('track:none')]).toEqual([caller, false]);

  let isOver = false;
  const ending = (async () => {
    while (!isOver) {
      await owner`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const grant = JSON.stringify({
    query:
      'mutation { grantRole(input: { object: "track:none", role: "owner", subject: "user:eve" }) { userErrors { code } } }',
  });
  for (let round = 0; round < 60; round += 1) {
    const answers = await Promise.all([post(query('track:none')), post(query('track:none')), post(grant)]);
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      expect(text).not.toContain('"allowed":true');
    }
  }
  isOver = true;
  await ending;
  await expect
    .poll(async () => (await post(query('track:none'))).text, { timeout: 20_000 })
    .toBe('{"data":{"viewer":{"decisions":[{"allowed":false}]}}}\n');
  await owner.end();
  server.signal('SIGTERM');
  expect(await server.end).toMatchObject({ code: 0, errors: '' });
  await rm(folder, { recursive: true, force: true });
}, 120_000);
