import type { AskStart } from '../model/model-parser.ts';
import type { EntitySetting } from './entity-binding.ts';
import { buildSubgraph } from './schema.ts';

/** Whether a server with these settings could start with a model: whether the schema can be built that it would serve. */
export function askStart(staticSdl: string, settings: ReadonlyMap<string, EntitySetting>): AskStart {
  return (model) => {
    const built = buildSubgraph(staticSdl, model, settings);
    return built.ok ? [] : built.problem;
  };
}
