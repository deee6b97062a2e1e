import { readFile } from 'node:fs/promises';
import { readModelFile } from '../../src/cli/read-model-file.ts';
import type { EntitySetting } from '../../src/graphql/entity-binding.ts';
import { type BuiltSubgraph, buildSubgraph } from '../../src/graphql/schema.ts';
import { parseModel } from '../../src/model/parse-model.ts';

export interface CreatorsSubgraphOptions {
  /** SDL besides the hand-written schema. */
  readonly addition?: string;
  readonly entities?: Readonly<Record<string, EntitySetting>>;
}

/** The subgraph for the creators' model, as a server makes it of what is stored. */
export async function buildCreatorsSubgraph(options: CreatorsSubgraphOptions = {}): Promise<BuiltSubgraph> {
  const modules = parseModel(await readModelFile('examples/creators/fga.mod'));
  const parsed = modules.ok ? parseModel({ kind: 'dsl', dsl: modules.value.dsl }) : modules;
  if (!parsed.ok) throw new Error('The model of the example is not valid.');
  const staticSdl = (await readFile('schema.graphql', 'utf8')) + (options.addition ?? '');
  const built = buildSubgraph(staticSdl, parsed.value.model, new Map(Object.entries(options.entities ?? {})));
  if (!built.ok) throw new Error(built.problem.join('\n'));
  return built.value;
}
