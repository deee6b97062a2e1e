import { describe, expect, test } from 'vitest';
import { formatConsistencyToken } from '../../src/model/consistency-token.ts';
import { office } from '../graphql/support/office.ts';
import { useDatabase } from '../support/database.ts';
import { transports } from '../support/live-client.ts';
import { write } from '../support/postern.ts';
import { usePosternServer } from '../support/postern-server.ts';
import { changesFrom, changesQuery } from './support/changes-query.ts';

const server = usePosternServer(useDatabase(), { store: office });

/** Each is an event of about 600 KB; all of them are more than the network keeps for a client. */
const revisions = 40;
const relationshipsEach = 1000;

async function writeLargeRevisions(prefix: string): Promise<string> {
  const { postern } = server().running;
  const start = await write(postern, [`folder:${prefix}#owner@user:ann`]);
  const long = 'x'.repeat(200);
  for (let revision = 0; revision < revisions; revision++) {
    const folder = `folder:${prefix}-${revision}-${long}`;
    await write(
      postern,
      Array.from({ length: relationshipsEach }, (_, count) => `${folder}#editor@user:${count}-${long}`),
    );
  }
  return formatConsistencyToken(start);
}

const readsOfChanges = () =>
  server()
    .takeStatements()
    .filter((text) => /from\s+change e\b/.test(text)).length;

describe.each(transports)('over %s', (name, subscribe) => {
  test('for a consumer that takes nothing the server reads no further, and nothing is lost', async () => {
    const after = await writeLargeRevisions(name.replace(/\W/g, ''));
    const token = await server().token('service:ops');
    const open = () => subscribe(server().url, changesQuery, { token, variables: { after } });
    server().takeStatements();
    const slow = open();
    const tokens = [(await changesFrom(slow)).consistencyToken];
    const quick = open();
    const all: string[] = [];
    while (all.length < revisions) all.push((await changesFrom(quick)).consistencyToken);
    quick.kill();
    const reads = readsOfChanges();
    while (tokens.length < revisions) tokens.push((await changesFrom(slow)).consistencyToken);
    slow.kill();
    expect(tokens).toEqual(all);
    // The quick one made a read for each revision and perhaps one more; what is left was made for the slow one.
    expect(reads).toBeGreaterThanOrEqual(revisions);
    expect(reads - revisions).toBeLessThan(revisions * 0.75);
    console.info(
      `${name}: while it was paused, ${reads - revisions} of ${revisions} revisions were read for the slow one`,
    );
    expect(readsOfChanges()).toBeGreaterThan(0);
  }, 120_000);
});
