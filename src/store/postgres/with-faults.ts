import { namesOfStatement, type StatementName } from '../../base/fault-points.ts';
import type { FaultPort } from '../../base/fault-port.ts';
import { invariant } from '../../base/invariant.ts';
import type { TransactionSql } from './sql.ts';

/** What the driver makes of a statement, or of a part of one; it is sent when somebody waits for it. */
interface DriverQuery {
  readonly strings: readonly string[] | string;
  readonly args: readonly unknown[];
  handler: (query: DriverQuery) => void;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/** The same connection, where something may happen to each statement before it is sent and after it was answered. */
export function withFaults(sql: TransactionSql, faults: FaultPort): TransactionSql {
  const watched = (made: unknown) => {
    if (isQuery(made)) watch(made, faults);
    return made;
  };
  return new Proxy(sql, {
    apply: (target, self, args) => watched(Reflect.apply(target, self, args)),
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property);
      if (property !== 'unsafe' || typeof value !== 'function') return value;
      return (...args: readonly unknown[]) => watched(Reflect.apply(value, target, args));
    },
  });
}

function watch(query: DriverQuery, faults: FaultPort): void {
  const { handler, resolve, reject } = query;
  query.handler = () => {
    const send = () =>
      new Promise<unknown>((answered, failed) => {
        Object.assign(query, { resolve: answered, reject: failed });
        handler(query);
      });
    const happen = async () => faults.around(nameOf(textOf(query)), send);
    happen().then(resolve, reject);
  };
}

function nameOf(text: string): StatementName {
  const [name, ...others] = namesOfStatement(text);
  invariant(
    name !== undefined && others.length === 0,
    `one name in src/base/fault-points.ts for the statement: ${text}`,
  );
  return name;
}

/** As the database gets it, with a question mark for each parameter. */
function textOf({ strings, args }: DriverQuery): string {
  if (typeof strings === 'string') return strings;
  return strings.map((text, index) => (index === 0 ? text : partOf(args[index - 1]) + text)).join('');
}

function partOf(value: unknown): string {
  if (isQuery(value)) return textOf(value);
  return isIdentifier(value) ? value.value : '?';
}

function isQuery(value: unknown): value is DriverQuery {
  return value instanceof Promise && 'handler' in value && 'strings' in value;
}

function isIdentifier(value: unknown): value is { readonly value: string } {
  return typeof value === 'object' && value !== null && 'value' in value && typeof value.value === 'string';
}
