import { quote } from '../../base/text-problem.ts';
import type { ModelParser } from '../../model/model-parser.ts';
import type { Config } from '../../server/config.ts';
import { createModelWorker } from '../../server/model-worker/create-model-worker.ts';
import { everySoOften } from '../every-so-often.ts';
import type { ProgramParts } from '../program-parts.ts';
import { readModelFile } from '../read-model-file.ts';
import { withStore } from '../with-store.ts';
import { applyPlan } from './apply/apply-plan.ts';
import { readKetoFile } from './keto/read-keto-file.ts';
import { OpenfgaClient } from './openfga/openfga-client.ts';
import { readOpenfgaFile } from './openfga/read-openfga-file.ts';
import { readOpenfgaLive } from './openfga/read-openfga-live.ts';
import { readToken } from './openfga/read-token.ts';
import { checkStart } from './plan/check-start.ts';
import { makePlan } from './plan/make-plan.ts';
import type { MovingPlan } from './plan/moving-plan.ts';
import { planKeto } from './plan/plan-keto.ts';
import { planOpenfga } from './plan/plan-openfga.ts';
import { planSpicedb } from './plan/plan-spicedb.ts';
import { readGivenNames } from './read-given-names.ts';
import { readSpicedbFile } from './spicedb/read-spicedb-file.ts';
import type { RefusalKind } from './translate/construct.ts';

export interface MovingOptions {
  readonly from?: 'openfga' | 'spicedb' | 'keto';
  readonly in?: string;
  readonly model?: string;
  readonly url?: string;
  readonly store?: string;
  readonly tokenFile?: string;
  readonly names?: string;
  readonly types?: string;
  readonly expect?: number;
  readonly plan?: string;
  readonly allowRefused?: readonly RefusalKind[];
  readonly apply?: string;
  readonly replaceModel?: boolean;
  readonly dryRun?: boolean;
}

/** Plans moving in, or applies a plan. */
export async function moveIn(file: string | undefined, options: MovingOptions, parts: ProgramParts): Promise<void> {
  const { config, print } = parts;
  const { from, apply } = options;
  if (file !== undefined) throw new Error(`Moving in takes no ${quote(file)}. Next: name it with --in.`);
  if (from !== undefined && apply !== undefined) {
    throw new Error(
      'A plan is made with --from, or applied with --apply, and not both at once. Next: leave one of them out.',
    );
  }
  if (options.dryRun === true) {
    const why = 'a plan that is made changes nothing, and one that is applied is applied';
    throw new Error(`There is no --dry-run of moving in: ${why}. Next: leave --dry-run out, and read the plan.`);
  }
  if (apply === undefined && options.replaceModel === true) {
    throw new Error(
      'A model is replaced where a plan is applied. Next: leave --replace-model out, or name a plan with --apply.',
    );
  }
  if (apply !== undefined) {
    const { replaceModel = false } = options;
    return withStore(config(), print, (postern) => applyPlan(postern, apply, { replaceModel }, print));
  }
  const folder = options.plan;
  if (folder === undefined) throw new Error('Where to write the plan is not said. Next: name a folder with --plan.');
  const plan = await withParser(config(), async (parser) => checkStart(await planOf(options, print), parser));
  const { database } = config();
  const databaseUrl = database.kind === 'address' ? database.url : undefined;
  process.exitCode = await makePlan(plan, { folder, allowed: options.allowRefused ?? [], databaseUrl, print });
}

async function withParser<Value>(config: Config, use: (parser: ModelParser) => Promise<Value>): Promise<Value> {
  const parser = await createModelWorker(config);
  try {
    return await use(parser);
  } finally {
    await parser.close();
  }
}

async function planOf(options: MovingOptions, print: (line: string) => void): Promise<MovingPlan> {
  if (options.from === 'openfga') return planOpenfgaFrom(options, print);
  if (options.from === 'keto') return planKetoFrom(options);
  if (options.in === undefined) throw new Error('What to read is not said. Next: name a file with --in.');
  if (options.url !== undefined)
    throw new Error(
      'SpiceDB is read from a file. Next: make a backup with "zed backup create", and name it with --in.',
    );
  const given = await readGivenNames(options.names, options.types);
  return planSpicedb(options.in, await readSpicedbFile(options.in, options.expect), given, new Date());
}

async function planKetoFrom({ in: path, url, names, types, model }: MovingOptions): Promise<MovingPlan> {
  if (path === undefined || url !== undefined) {
    throw new Error(
      'Keto is read from a file. Next: name what "keto relation-tuple get --format json" gave out with --in.',
    );
  }
  const given = await readGivenNames(names, types);
  const tuples = await readKetoFile(path);
  return planKeto(path, tuples, given, model === undefined ? undefined : await readModelFile(model));
}

async function planOpenfgaFrom(options: MovingOptions, print: (line: string) => void): Promise<MovingPlan> {
  const { url, store, in: path, names, types } = options;
  if (names !== undefined || types !== undefined) {
    throw new Error('A model of OpenFGA keeps its names. Next: leave out --names and --types.');
  }
  if (path !== undefined && url === undefined) return planOpenfga(path, await readOpenfgaFile(path, options.model));
  if (path !== undefined)
    throw new Error('A file is read with --in, or a server with --url, and not both. Next: leave one of them out.');
  if (url === undefined || store === undefined) {
    throw new Error('What to read is not said. Next: name a file with --in, or a server with --url and --store.');
  }
  const client = new OpenfgaClient(url, store, await readToken(options.tokenFile));
  const progress = everySoOften(print, (read) => `${read} relationships read.`);
  const source = await readOpenfgaLive(client, { url, store }, progress);
  return planOpenfga(`${url}/stores/${store}`, source);
}
