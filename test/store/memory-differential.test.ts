import { beforeAll, expect, test } from 'vitest';
import { readModelFile } from '../../src/cli/read-model-file.ts';
import type { Model } from '../../src/model/model.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { replayAuditLog } from '../../src/operations/audit/replay-audit-log.ts';
import { verifyAuditLog } from '../../src/operations/audit/verify-audit-log.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { recordOf } from '../../src/operations/relationship-record.ts';
import { unwrap } from '../support/parse.ts';
import { done, operator, usePosternOn } from '../support/postern.ts';
import { type Cast, RandomAdministration } from '../support/random-administration.ts';

/** The same acts on all stores: what they come to, and what they leave, is the same. */

const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
const stepsPerRound = 100;
const casts: readonly Cast[] = ['everybody', 'one organization', 'those who are no owners'];
const posterns = [usePosternOn('memory'), usePosternOn('postgres'), usePosternOn('distributed')];
let model: Model;

beforeAll(async () => {
  const source = await readModelFile('examples/creators/fga.mod');
  model = unwrap(parseModel(source)).model;
  const input = { source, activate: true, dryRun: false, reason: undefined } as const;
  for (const postern of posterns) done(await publishModel(postern(), operator, input));
});

async function actsOn(postern: Postern, cast: Cast): Promise<readonly string[]> {
  const round = new RandomAdministration(postern, model, seed, `r${casts.indexOf(cast)}`, cast);
  await round.begin();
  const acts: string[] = [];
  for (let step = 0; step < stepsPerRound; step++) acts.push((await round.step()).text);
  return acts;
}

/** Everything that is stored and logged, without clocks, hashes and what is made by chance. */
async function leftIn({ store }: Postern) {
  const { relationships } = await store.readRelationships({}, 10_000, undefined);
  const { events } = await store.audit.events({}, 10_000, undefined);
  const changes = await store.reader.withSnapshot([], (snapshot) => snapshot.readRevisions(0, 100_000));
  return {
    relationships: relationships.map(({ relationship }) => recordOf(relationship)),
    events: events.map(({ at: _, before, after, ...event }) => ({ ...event, before, after: withoutDigests(after) })),
    changes: changes.revisions.map(({ changes: ofRevision, ...revision }) => ({
      ...revision,
      changes: ofRevision.map(({ operation, relationship }) => ({ operation, ...recordOf(relationship) })),
    })),
  };
}

function withoutDigests(records: readonly unknown[]): unknown {
  return JSON.parse(JSON.stringify(records, (key, value: unknown) => (key === 'digest' ? undefined : value)));
}

test.each(casts)(`${stepsPerRound} acts of %s on all stores (seed ${seed})`, { timeout: 120_000 }, async (cast) => {
  const [inMemory, ...others] = await Promise.all(posterns.map((postern) => actsOn(postern(), cast)));
  for (const acts of others) expect(acts).toEqual(inMemory);
  const [leftInMemory, ...leftInOthers] = await Promise.all(posterns.map((postern) => leftIn(postern())));
  for (const left of leftInOthers) expect(left).toEqual(leftInMemory);
});

test.each(posterns)('the log of each store is sound and says what is stored', async (postern) => {
  const { audit } = postern().store;
  expect(await verifyAuditLog(audit, { anchor: undefined })).toMatchObject({ ok: true });
  expect(await replayAuditLog(audit)).toMatchObject({ differences: 0, examples: [] });
});
