import type { TransactionSql } from './sql.ts';

/** The same connection, where `check` comes before each statement, and throws where none may begin any more. */
export function beforeEachStatement(sql: TransactionSql, check: () => void): TransactionSql {
  return new Proxy(sql, {
    apply: (target, self, args) => {
      check();
      return Reflect.apply(target, self, args);
    },
    get: (target, property) => {
      if (property === 'unsafe') check();
      return Reflect.get(target, property);
    },
  });
}
