import type { queries } from './queries.ts';

export type QueryName = keyof typeof queries;

/** A client with a normalized cache, as one caller. */
export interface FrontendClient {
  /** Asks the server; tells the answer, and what the cache makes of it from then on. */
  watch(query: QueryName, variables: { readonly id?: string }, onData: (data: unknown) => void): void;
  /** Whether the cache answers it alone. */
  has(query: QueryName, variables: { readonly id?: string }): boolean;
  /** Lets what is shown be asked again when permissions differ; resolves when it hears of them. */
  follow(objects: readonly string[]): Promise<void>;
  stop(): void;
}

/** Where to ask, and whose token to ask with. */
export interface FrontendOptions {
  readonly url: string;
  readonly token: string;
}
