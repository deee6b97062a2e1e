import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openOpenfga } from '../bench/beside/openfga.ts';
import { generateCreators } from '../bench/generate-creators.ts';
import { openPostern } from '../bench/open-postern.ts';
import { modelFile } from '../bench/prepare-database.ts';
import { createRandom } from '../bench/random.ts';
import { startPostgres } from '../bench/start-postgres.ts';
import { readModelFile } from '../src/cli/read-model-file.ts';
import { createScratchDatabase } from '../src/cli/store-file/scratch-database.ts';
import { type Check, check } from '../src/engine/check/check.ts';
import type { Model } from '../src/model/model.ts';
import { parseModel } from '../src/model/parse-model.ts';
import type { Relationship } from '../src/model/relationship.ts';

/**
 * `npm run check:openfga -- --url http://127.0.0.1:8080`: a store of a real OpenFGA moves in, by the commands of `docs/moving-in.md`, with
 * the command that writes killed several times; then both are asked the same random questions. A store is made there, and deleted.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    relationships: { type: 'string', default: '6000' },
    questions: { type: 'string', default: '5000' },
    kills: { type: 'string', default: '6' },
    seed: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const random = createRandom(seed);
/** What the conditions of the model ask a request for; OpenFGA decides nothing else where one of them is missing. */
const everything = Object.entries({ territory: 'SE', state: 'draft' });
/** OpenFGA's own limit. */
const mostAtOnce = 50;

await main();

async function main(): Promise<void> {
  print(`From seed ${seed}.`);
  const parsed = parseModel(await readModelFile(modelFile));
  if (!parsed.ok) throw new Error('The model of the examples is not valid.');
  const { relationships } = generateCreators({ relationships: Number(values.relationships), seed });
  const openfga = openOpenfga(values.url, 'none');
  const postgres = await startPostgres(undefined);
  const database = await createScratchDatabase(postgres.url);
  const folder = await mkdtemp(join(tmpdir(), 'postern-moving-'));
  try {
    await openfga.load({ model: parsed.value, relationships }, print);
    print(`OpenFGA has ${relationships.length} relationships.`);
    await moveIn(openfga.storeId(), join(folder, 'plan'), database.url);
    await compare(openfga, database.url, { model: parsed.value.model, relationships });
  } finally {
    await openfga.close();
    await rm(folder, { recursive: true, force: true });
    await database.drop();
    await postgres.stop();
  }
}

async function moveIn(store: string, plan: string, databaseUrl: string): Promise<void> {
  const read = ['import', '--from', 'openfga', '--url', values.url, '--store', store, '--plan', plan];
  await run(read, databaseUrl);
  for (let left = Number(values.kills); left > 0; left -= 1) {
    const toWrite = await killWriting(['import', '--apply', plan], databaseUrl);
    print(`Killed while ${toWrite} relationships were to be written.`);
  }
  await run(['import', '--apply', plan], databaseUrl);
}

async function run(words: readonly string[], databaseUrl: string): Promise<void> {
  const child = start(words, databaseUrl);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece) => {
      said += String(piece);
    });
  }
  const [code] = await once(child, 'exit');
  print(said.trim().replaceAll(/^/gm, '  '));
  if (code !== 0) throw new Error(`"postern ${words.join(' ')}" ended with ${code}.`);
}

/** A moment after it has said how much there is to write; how much that was. */
async function killWriting(words: readonly string[], databaseUrl: string): Promise<string> {
  const child = start(words, databaseUrl);
  const ended = once(child, 'exit');
  let toWrite = 'no';
  for await (const line of createInterface({ input: child.stdout })) {
    toWrite = /^Relationships to write: (\d+)/.exec(line)?.[1] ?? toWrite;
    if (toWrite !== 'no') break;
  }
  await sleep(random.between(0, 4000));
  child.kill('SIGKILL');
  await ended;
  return toWrite;
}

function start(words: readonly string[], databaseUrl: string) {
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  return spawn(process.execPath, ['src/main.ts', ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

interface Asked {
  readonly model: Model;
  readonly relationships: readonly Relationship[];
}

async function compare(openfga: ReturnType<typeof openOpenfga>, databaseUrl: string, asked: Asked): Promise<void> {
  const consistent = openfga.modes.find(({ title }) => title.includes('consistent'));
  if (consistent === undefined) throw new Error('OpenFGA has no mode that is consistent.');
  const postern = openPostern(databaseUrl);
  let allowed = 0;
  try {
    for (let left = Number(values.questions); left > 0; left -= mostAtOnce) {
      const checks = Array.from({ length: mostAtOnce }, () => randomCheck(asked));
      const theirs = await consistent.prepare(checks)();
      const { decisions } = await check(postern.store.reader, { checks, contextual: [] });
      for (const [index, decision] of decisions.entries()) {
        const isAllowed = decision.kind === 'allowed';
        if (isAllowed !== theirs[index])
          throw new Error(`Another answer: ${JSON.stringify(checks[index])}, ${decision.kind}.`);
        if (isAllowed) allowed += 1;
      }
    }
  } finally {
    await postern.store.close();
  }
  print(`${values.questions} random questions: the same answers, ${allowed} of them "allowed".`);
}

/** Mostly about what hangs together: of others everything is denied. */
function randomCheck({ model, relationships }: Asked): Check {
  const [near, far] = [random.pick(relationships), random.pick(relationships)];
  const { object } = near;
  const subject = random.chance(0.5) ? near.subject : far.subject;
  const relations = [...(model.types.get(object.type)?.relations.keys() ?? [])];
  return { subject, relation: random.pick(relations), object, context: new Map(everything) };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
