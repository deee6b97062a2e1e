import { quote } from '../../base/text-problem.ts';
import { diffModels, formatModelChange } from '../../model/diff-models.ts';
import { formatModelProblem, type ModelSource } from '../../model/model-source.ts';
import { type ParsedModel, parseModel } from '../../model/parse-model.ts';
import { describeImpact } from '../../operations/models/describe-impact.ts';
import { modelImpact } from '../../operations/models/model-impact.ts';
import { describeRefusal } from '../../operations/refusal.ts';
import { readToken } from '../moving/openfga/read-token.ts';
import type { ProgramParts } from '../program-parts.ts';
import { readModelFile } from '../read-model-file.ts';
import { onScratch } from '../store-file/on-scratch.ts';
import { prepareWorld } from '../store-file/play-world.ts';
import { readStoreData } from '../store-file/read-store-file.ts';
import { withStore } from '../with-store.ts';
import { type RunningModel, readRunningModel } from './read-running-model.ts';

export interface AgainstOptions {
  /** The GraphQL API of the Postern that runs. */
  readonly against: string;
  readonly tokenFile?: string;
  /** A store file, for whose relationships is said who would gain and lose what. */
  readonly data?: string;
}

/** What `postern model diff --against` compares: a model of here with the one that decides there. */
export interface AgainstCommand {
  /** A file, or the number of a model of this database; its active one without it. */
  readonly to: string | undefined;
  readonly id: number | undefined;
  readonly options: AgainstOptions;
}

/**
 * What would change at a Postern that runs if it got a model of here: true where nothing would. Throws a sentence where nobody can say;
 * that must not look like "nothing".
 */
export async function diffAgainst(parts: ProgramParts, command: AgainstCommand): Promise<boolean> {
  const { print } = parts;
  const { against, tokenFile, data } = command.options;
  const own = await readOwnModel(parts, command);
  const token = (await readToken(tokenFile)) ?? parts.againstToken;
  const running = await readRunningModel(against, token === '' ? undefined : token);
  const there = compile({ kind: 'dsl', dsl: running.dsl }, `The model ${running.id} at ${quote(against)}`);
  const diff = diffModels(there.model, own.parsed.model);
  if (diff.length === 0) {
    print(`Nothing would change: ${own.origin} says the same as the model ${running.id} at ${quote(against)}.`);
    return true;
  }
  print(`From the model ${running.id} at ${quote(against)} to ${own.origin}:`);
  for (const change of diff) print(formatModelChange(change));
  for (const line of data === undefined ? [] : await impactOn(parts, data, running, own.parsed)) print(line);
  return false;
}

interface OwnModel {
  readonly parsed: ParsedModel;
  /** As a sentence names it. */
  readonly origin: string;
}

async function readOwnModel({ config }: ProgramParts, { to, id }: AgainstCommand): Promise<OwnModel> {
  if (to !== undefined && id === undefined) {
    const origin = `the model ${quote(to)}`;
    return { parsed: compile(await readModelFile(to), origin), origin };
  }
  const stored = await withStore(
    config(),
    () => {},
    ({ store }) => store.readModel(id),
  );
  if (stored === undefined) {
    throw new Error(id === undefined ? 'No model is active here.' : `There is no model "${id}" here.`);
  }
  const origin = `the model ${stored.id} of this database`;
  return { parsed: compile({ kind: 'dsl', dsl: stored.dsl }, origin), origin };
}

function compile(source: ModelSource, origin: string): ParsedModel {
  const parsed = parseModel(source);
  if (parsed.ok) return parsed.value;
  const what = `${origin.charAt(0).toUpperCase()}${origin.slice(1)} is not valid.`;
  throw new Error([what, ...parsed.problem.map(formatModelProblem)].join('\n'));
}

/** Who gains and loses what, on relationships that nobody has written there: on a database of its own, which is gone afterwards. */
async function impactOn(
  { config, print }: ProgramParts,
  path: string,
  running: RunningModel,
  { model }: ParsedModel,
): Promise<readonly string[]> {
  const { relationships } = await readStoreData(path);
  const { database } = config();
  const databaseUrl = database.kind === 'address' ? database.url : undefined;
  return onScratch(databaseUrl, print, async (postern) => {
    const source = { kind: 'dsl', dsl: running.dsl } as const;
    const problem = await prepareWorld(postern, {
      name: path,
      continues: false,
      model: source,
      relationships,
      cases: [],
    });
    if (problem !== undefined)
      throw new Error(`The relationships of ${quote(path)} are none of the model that runs: ${problem}`);
    const actor = { kind: 'console', command: 'postern model diff' } as const;
    const impact = await modelImpact(postern, actor, { from: undefined, to: model });
    if (!impact.ok) throw new Error(describeRefusal(impact.problem));
    return impact.value === undefined
      ? []
      : [`With the relationships of ${quote(path)}:`, ...describeImpact(impact.value)];
  });
}
