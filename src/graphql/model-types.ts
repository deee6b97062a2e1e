import type { EntitySetting } from './entity-binding.ts';

/** Entities that are called otherwise than the rule says, with their types in the model. */
export function modelTypes(entities: ReadonlyMap<string, EntitySetting>): Readonly<Record<string, string>> {
  const named = [...entities].flatMap(([type, setting]): readonly [string, string][] =>
    setting === false || setting.name === undefined ? [] : [[setting.name, type]],
  );
  return Object.fromEntries(named);
}
