import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/server/embedded-postgres.ts';
import {
  keyedGrant,
  otherWrites,
  type PreviousRelease,
  previousReleaseFile,
  questions,
  readTables,
} from '../test/deploy/support/previous-release.ts';
import { startPreviousServer } from '../test/deploy/support/previous-server.ts';

// npm run release:record -- v0.1.0: starts a server of that version, has it write and answer, and keeps what it leaves in its database.
const [commit = ''] = process.argv.slice(2);
const dataDirectory = mkdtempSync(join(tmpdir(), 'postern-record-'));
const database = await startEmbeddedPostgres({ dataDirectory, durable: false });
try {
  await using server = await startPreviousServer(commit, database.url, ['--example', 'examples/creators']);
  const granted = await server.ask(keyedGrant);
  for (const write of otherWrites) await server.ask(write);
  const answers: unknown[] = [];
  for (const question of questions) answers.push(await server.ask(question));
  const journal: { readonly entries: readonly { readonly tag: string }[] } = JSON.parse(
    readFileSync(join(server.folder, 'drizzle/meta/_journal.json'), 'utf8'),
  );
  const recorded: PreviousRelease = {
    commit: server.commit,
    lastMigration: journal.entries.at(-1)?.tag ?? '',
    granted,
    answers,
    tables: await readTables(database.url),
  };
  writeFileSync(previousReleaseFile, `${JSON.stringify(recorded, null, 1)}\n`);
} finally {
  await database.stop();
  rmSync(dataDirectory, { recursive: true });
}
