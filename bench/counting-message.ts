import type { StatementCount } from './count-statements.ts';

/** What the process says that counts statements: first where it answers, then a count for each message that it gets. */
export type CountingMessage =
  | { readonly kind: 'ready'; readonly url: string }
  | ({ readonly kind: 'statements' } & StatementCount);
