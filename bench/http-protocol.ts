import type { StatementCount } from './count-statements.ts';

/** What the bench asks of the process that serves. */
export type ServerRequest =
  | { readonly kind: 'sign'; readonly subjects: readonly string[] }
  | { readonly kind: 'cpu' }
  | { readonly kind: 'statements' };

/** Its first word, and its answers to the above in their order. */
export type ServerAnswer =
  | {
      readonly kind: 'ready';
      readonly url: string;
      /** The same on a server that counts its statements, which takes time. */
      readonly countingUrl: string;
    }
  | { readonly kind: 'tokens'; readonly tokens: readonly string[] }
  | { readonly kind: 'cpu'; readonly usedMs: number }
  | ({ readonly kind: 'statements' } & StatementCount);
