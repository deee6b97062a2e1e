import type { GraphQLFormattedError } from 'graphql';

/** One error of a subgraph, and where it is below the place that has no value because of it. */
export interface FailedPart {
  readonly rest: readonly (string | number)[];
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
}

/** What a subgraph says of a place that has no value. It is told when nothing withholds the place. */
export class SubgraphFailure extends Error {
  readonly parts: readonly FailedPart[];

  constructor(parts: readonly FailedPart[]) {
    super(parts[0]?.message ?? failedMessage);
    this.parts = parts;
  }
}

/** The errors of an answer, by the object or list that has no value there. */
export interface PlacedErrors {
  at(container: object, key: string | number): SubgraphFailure | undefined;
  /** Whether there are any that are nowhere in the answer. */
  readonly hasOthers: boolean;
  /** What they say that says nothing of any value. */
  readonly others: GraphQLFormattedError;
}

/** What names in an answer stand for. */
export interface AnswerKeys {
  /** Whether a guarded field may be under it. */
  mayBeGuarded(key: string): boolean;
  /** Whether it is one of what guards look at. */
  isOwn(key: string): boolean;
}

const failedMessage = 'The subgraph failed; its own log says why.';

/**
 * Finds the place of each error. What an error says of something below a place without a value cannot be held against the guards
 * on the way there, as the objects are gone: where there may be guards, nothing is told but a code.
 */
export function placeErrors(data: unknown, errors: readonly unknown[], keys: AnswerKeys): PlacedErrors {
  const placed = new Map<object, Map<string | number, FailedPart[]>>();
  const others: unknown[] = [];
  for (const error of errors) {
    const place = placeOf(data, pathOf(error));
    if (place === undefined) {
      others.push(error);
      continue;
    }
    const { container, key, rest } = place;
    const ofContainer = placed.get(container) ?? new Map<string | number, FailedPart[]>();
    placed.set(container, ofContainer);
    const ofKey = ofContainer.get(key) ?? [];
    ofContainer.set(key, ofKey);
    // As many as the subgraph likes may be at one place: a copy for each would stop the process.
    ofKey.push(failedPart(error, rest, keys));
  }
  return {
    at: (container, key) => {
      const parts = placed.get(container)?.get(key);
      return parts && new SubgraphFailure(parts);
    },
    hasOthers: others.length > 0,
    others: closedError(others[0]),
  };
}

/** What is told of an error that may say something about a value. */
export function closedError(error: unknown): GraphQLFormattedError {
  return { message: failedMessage, extensions: { code: codeOf(error) } };
}

/** An error of an answer that has nothing else. */
export function errorAt(error: unknown, keys: AnswerKeys): GraphQLFormattedError {
  const path = pathOf(error);
  if (path.length === 0) return closedError(error);
  const { rest, message, extensions } = failedPart(error, path, keys);
  return { message, path: rest, ...(extensions && { extensions }) };
}

interface Place {
  readonly container: object;
  readonly key: string | number;
  readonly rest: readonly (string | number)[];
}

function placeOf(data: unknown, path: readonly (string | number)[]): Place | undefined {
  let container = data;
  for (const [index, key] of path.entries()) {
    if (typeof container !== 'object' || container === null || !Object.hasOwn(container, key)) return undefined;
    const value: unknown = Reflect.get(container, key);
    if (value === null) return { container, key, rest: path.slice(index + 1) };
    container = value;
  }
  return undefined;
}

function pathOf(error: unknown): readonly (string | number)[] {
  const path = property(error, 'path');
  if (!Array.isArray(path)) return [];
  const keys = path.filter((key: unknown) => typeof key === 'string' || typeof key === 'number');
  return keys.length === path.length ? keys : [];
}

/** What nobody has asked for but guards is told of to nobody. */
function failedPart(error: unknown, path: FailedPart['rest'], { mayBeGuarded, isOwn }: AnswerKeys): FailedPart {
  const message = property(error, 'message');
  const hidden = path.findIndex((key) => typeof key === 'string' && isOwn(key));
  const rest = hidden < 0 ? path : path.slice(0, hidden);
  const isOpen = hidden < 0 && !path.some((key) => typeof key === 'string' && mayBeGuarded(key));
  if (!isOpen || typeof message !== 'string') {
    return { rest, message: failedMessage, extensions: { code: codeOf(error) } };
  }
  const extensions = property(error, 'extensions');
  const isRecord = typeof extensions === 'object' && extensions !== null && !Array.isArray(extensions);
  return { rest, message, extensions: isRecord ? { ...extensions } : undefined };
}

function codeOf(error: unknown): string {
  const code = property(property(error, 'extensions'), 'code');
  return typeof code === 'string' && codes.has(code) ? code : 'SUBGRAPH_FAILED';
}

/** Codes that servers agree on; another one may have been made from a value. */
const codes: ReadonlySet<string> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'INTERNAL_SERVER_ERROR',
  'SUBREQUEST_HTTP_ERROR',
  'SUBREQUEST_MALFORMED_RESPONSE',
]);

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
