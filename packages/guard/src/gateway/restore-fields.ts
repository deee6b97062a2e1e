import { type ExecutionResult, type GraphQLError, type GraphQLOutputType, isListType, isNonNullType } from 'graphql';
import type { FieldRefusal } from './judge-operation.ts';
import type { Position, PositionReader, TypedSelection } from './positions.ts';
import { refusalError } from './refusal-error.ts';

/**
 * The answer to a document without its refused fields, as the answer to the whole document: at each object that has such a
 * field it is null, with an error, and what must not be null takes its parent with it.
 */
export function restoreFields(
  result: ExecutionResult,
  root: readonly TypedSelection[],
  positions: PositionReader,
): ExecutionResult {
  if (!isObject(result.data)) return result;
  const restoring: Restoring = { positions, errors: new Map(), known: new Set() };
  for (const { path } of result.errors ?? []) restoring.known.add(JSON.stringify(path));
  const data = restoreObject(restoring, result.data, root, []) ?? null;
  const errors = [...(result.errors ?? []), ...restoring.errors.values()];
  return { ...result, data, ...(errors.length > 0 && { errors }) };
}

type Path = readonly (string | number)[];
type Data = Record<string, unknown>;

interface Restoring {
  readonly positions: PositionReader;
  readonly errors: Map<string, GraphQLError>;
  /** Places that the subgraphs have an error for. */
  readonly known: Set<string>;
}

/** Undefined stands for a null where none may be: the nearest parent that can be null is it then. */
function restoreObject(
  restoring: Restoring,
  object: Data,
  selections: readonly TypedSelection[],
  path: Path,
): Data | undefined {
  const below = restoring.positions.below(selections);
  const values = new Map<string, unknown>();
  const refused = new Set<string>();
  let isNull = false;
  for (const [key, value] of Object.entries(object)) {
    const position = below.get(key);
    if (position?.refusal !== undefined) {
      const name = responseKey(position.refusal);
      refuse(restoring, position.refusal, [...path, name]);
      isNull ||= isNonNullType(position.refusal.field.type);
      values.set(name, null);
      refused.add(name);
    } else if (!refused.has(key)) {
      const restored = restoreValue(restoring, value, position?.type, position, [...path, key]);
      isNull ||= restored === undefined;
      values.set(key, restored);
    }
  }
  return isNull ? undefined : Object.fromEntries(values);
}

function restoreValue(
  restoring: Restoring,
  value: unknown,
  type: GraphQLOutputType | undefined,
  position: Position | undefined,
  path: Path,
): unknown {
  if (type === undefined || position === undefined) return value;
  if (isNonNullType(type)) return restoreValue(restoring, value, type.ofType, position, path) ?? undefined;
  if (isListType(type) && Array.isArray(value)) {
    const items = value.map((item: unknown, at) => restoreValue(restoring, item, type.ofType, position, [...path, at]));
    return items.includes(undefined) ? null : items;
  }
  if (value === undefined || !isObject(value) || position.selections.length === 0) return value ?? null;
  return restoreObject(restoring, value, position.selections, path) ?? null;
}

function refuse({ errors, known }: Restoring, refusal: FieldRefusal, path: Path): void {
  const place = JSON.stringify(path);
  if (!refusal.isSilent && !known.has(place)) errors.set(place, refusalError(refusal, path));
}

function responseKey({ field: { node } }: FieldRefusal): string {
  return node.alias?.value ?? node.name.value;
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
