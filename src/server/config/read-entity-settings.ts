import { z } from 'zod';
import { isRecord } from '../../base/canonical-json.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { textProblem } from '../../base/text-problem.ts';
import type { EntitySetting } from '../../graphql/entity-binding.ts';
import { maxTypeNameBytes } from '../../model/names.ts';
import { type Environment, quoteSetting, variable } from './environment.ts';
import { parseJsonSetting, quoteInput, readShape } from './json-setting.ts';

const name = 'POSTERN_ENTITIES';

/** Reads the settings by model type; a type that is not listed keeps the names that follow from the model. */
export function readEntitySettings(
  environment: Environment,
): Result<ReadonlyMap<string, EntitySetting>, readonly string[]> {
  const text = variable(environment, name);
  if (text === undefined) return ok(new Map());
  const parsed = parseJsonSetting(name, text);
  if (!parsed.ok) return parsed;
  if (!isRecord(parsed.value)) return failed([`${name} ${quoteSetting(text)} is not an object.`]);
  const settings = new Map<string, EntitySetting>();
  const problems: string[] = [];
  for (const [type, value] of Object.entries(parsed.value)) {
    const setting = readSetting(type, value);
    if (setting.ok) settings.set(type, setting.value);
    else problems.push(...setting.problem);
  }
  return problems.length > 0 ? failed(problems) : ok(settings);
}

function readSetting(type: string, value: unknown): Result<EntitySetting, readonly string[]> {
  const wrong = textProblem(type, maxTypeNameBytes);
  if (wrong !== undefined) return failed([`The type ${quoteSetting(type)} in ${name} ${wrong}.`]);
  if (value === false) return ok(false);
  if (!isRecord(value)) {
    return failed([`${name}.${type} ${quoteInput(value)} is neither false nor an object.`]);
  }
  const read = readShape(settingShape(), `${name}.${type}`, value);
  if (!read.ok) return read;
  const { name: entityName, key, list, label } = read.value;
  return ok({
    ...(entityName !== undefined && { name: entityName }),
    ...(key !== undefined && { key }),
    ...(list !== undefined && { list }),
    ...(label !== undefined && { label }),
  });
}

function settingShape() {
  const graphqlName = z
    .string()
    .regex(/^(?!__)[_A-Za-z][_0-9A-Za-z]*$/, 'is not a GraphQL name (letters, digits and "_", no leading "__")');
  const optional = graphqlName.optional();
  return z.strictObject({ name: optional, key: optional, list: optional, label: optional });
}
