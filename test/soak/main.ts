import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runFaults } from './run-faults.ts';
import { runSoak } from './run-soak.ts';
import { makeSoakWorld } from './support/soak-world.ts';

const usage = `npm run soak -- [options]

  --minutes M   how long a server is asked, written to and followed, and watched whether anything grows (60)
  --faults      instead of that: what happens to the database, the network and the process while it is
  --only PART   of the faults only those with this in their name
  --help`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    faults: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(`${usage}\n`);
else {
  const folder = await mkdtemp(join(tmpdir(), `postern-test-${process.pid}-soak-`));
  const world = makeSoakWorld();
  const storeFile = join(folder, 'store.fga.yaml');
  await writeFile(storeFile, world.store);
  const run = { folder, world, storeFile, print: (line: string) => void process.stdout.write(`${line}\n`) };
  const isWell = values.faults ? await runFaults(run, values.only) : await runSoak(run, Number(values.minutes));
  await rm(folder, { recursive: true, force: true });
  process.exitCode = isWell ? 0 : 1;
}
