import type { StatementKind, StatementWatch } from '../statement-watch.ts';
import type { TransactionSql } from './sql.ts';

/** The same connection, where `watch` sees each statement. */
export function watchStatements(sql: TransactionSql, kind: StatementKind, watch: StatementWatch): TransactionSql {
  return new Proxy(sql, {
    apply: (target, self, args) => watched(Reflect.apply(target, self, args), kind, watch),
    get: (target, property) => {
      if (property !== 'unsafe') return Reflect.get(target, property);
      return (...args: Parameters<TransactionSql['unsafe']>) => watched(target.unsafe(...args), kind, watch);
    },
  });
}

/** A statement is sent when somebody waits for it; what nobody does is a part of another one, or the name of something. */
function watched<Made>(made: Made, kind: StatementKind, watch: StatementWatch): Made {
  if (!(made instanceof Promise)) return made;
  const { then } = made;
  let isSent = false;
  // biome-ignore lint/suspicious/noThenProperty: it is a promise, and this is the moment at which it is waited for.
  made.then = function thenWatched(...reactions) {
    if (!isSent) {
      isSent = true;
      const end = watch.begin(kind);
      const done = (rows: { readonly count?: number }) => end({ rows: rows.count ?? 0 });
      Reflect.apply(then, made, [done, () => end({ rows: undefined })]);
    }
    return Reflect.apply(then, made, reactions);
  };
  return made;
}
