/** One question about the caller. */
export interface PermissionCheck {
  readonly permission: string;
  /** `track:42` */
  readonly object: string;
}

/** What came of a question. Only `allowed` opens anything; `undecided` is not a no, and is never taken for one. */
export type Decision =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'denied' }
  /** Nobody is signed in, or the token is not valid. */
  | { readonly kind: 'unauthenticated' }
  /** `reason` is for logs of the subgraph, never for its clients. */
  | { readonly kind: 'undecided'; readonly reason: string };

/** Answers questions about whoever the token in `authorization` stands for. */
export interface PosternClient {
  /**
   * One decision for each check, in their order; never rejects. `consistency` says how fresh they must be, as the header
   * `postern-consistency` does.
   */
  decide(
    checks: readonly PermissionCheck[],
    authorization: string | undefined,
    consistency?: string,
  ): Promise<readonly Decision[]>;
}
