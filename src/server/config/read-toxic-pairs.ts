import { z } from 'zod';
import { failed, ok, type Result } from '../../base/result.ts';
import type { ToxicPair, TypePermission } from '../../model/toxic-pair.ts';
import { type Environment, quoteSetting, variable } from './environment.ts';
import { parseJsonSetting, readShape } from './json-setting.ts';

const name = 'POSTERN_TOXIC_PAIRS';

/** Reads which permissions nobody should have together; whether the model has them is said where they are looked for. */
export function readToxicPairs(environment: Environment): Result<readonly ToxicPair[], readonly string[]> {
  const text = variable(environment, name);
  if (text === undefined) return ok([]);
  const parsed = parseJsonSetting(name, text);
  if (!parsed.ok) return parsed;
  if (!Array.isArray(parsed.value)) return failed([`${name} ${quoteSetting(text)} is not a list.`]);
  if (parsed.value.length > mostPairs) return failed([`${name} lists more than ${mostPairs} pairs.`]);
  const read = parsed.value.map((entry: unknown, index) => readPair(entry, `${name}[${index}]`));
  const problems = read.flatMap((one) => (one.ok ? [] : one.problem));
  return problems.length > 0 ? failed(problems) : ok(read.flatMap((one) => (one.ok ? [one.value] : [])));
}

/** Each is looked for with every search. */
const mostPairs = 50;

function readPair(entry: unknown, place: string): Result<ToxicPair, readonly string[]> {
  const read = readShape(pairShape(), place, entry);
  if (!read.ok) return read;
  const { first, second, scope } = read.value;
  const pair = { first: permissionIn(first), second: permissionIn(second), scope };
  if (first === second) return failed([`${place} names ${quoteSetting(first)} twice.`]);
  if (scope === 'anywhere' || pair.first.type === pair.second.type) return ok(pair);
  const why = `has permissions of two types, which no object has together. Next: add "scope": "anywhere".`;
  return failed([`${place} ${why}`]);
}

function pairShape() {
  const permission = z.string().regex(/^[^#:@\s]+#can_[^#:@\s]+$/, 'is not of the form "type#can_permission"');
  return z.strictObject({
    first: permission,
    second: permission,
    scope: z.enum(['object', 'anywhere'], { error: 'is not one of object, anywhere' }).default('object'),
  });
}

/** Parts of a text that has the form. */
function permissionIn(text: string): TypePermission {
  const hash = text.indexOf('#');
  return { type: text.slice(0, hash), permission: text.slice(hash + 1) };
}
