import { readFileSync } from 'node:fs';
import { type DocumentNode, parse } from 'graphql';
import { readModelFile } from '../../../src/cli/read-model-file.ts';
import { buildSubgraph } from '../../../src/graphql/schema.ts';
import { parseModel } from '../../../src/model/parse-model.ts';
import { readStaticSchema } from '../../../src/server/read-static-schema.ts';
import { composeSupergraph } from '../supergraph/compose-supergraph.ts';

const folder = new URL('..', import.meta.url);

/** What clients see of the creators' supergraph, made of the model and the subgraphs' schemas while nothing runs. */
export default async function loadSupergraph(): Promise<DocumentNode> {
  const owners = ['music', 'podcasts', 'audiobooks', 'payouts'].map((name) => ({
    name,
    url: `http://${name}.invalid`,
    sdl: readFileSync(new URL(`supergraph/${name}/schema.graphql`, folder), 'utf8'),
  }));
  const postern = { name: 'postern', url: 'http://postern.invalid', sdl: await printPostern() };
  const composed = composeSupergraph([...owners, postern]);
  if (!composed.ok) throw new Error(composed.problems.join('\n'));
  return parse(composed.publicSdl);
}

async function printPostern(): Promise<string> {
  const parsed = parseModel(await readModelFile(new URL('fga.mod', folder).pathname));
  if (!parsed.ok) throw new Error('The model of the example is not valid.');
  const built = buildSubgraph(await readStaticSchema(), parsed.value.model, new Map());
  if (!built.ok) throw new Error(built.problem.join('\n'));
  return built.value.sdl;
}
