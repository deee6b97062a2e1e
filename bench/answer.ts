/** What was answered, in a form in which the answers of all levels can be compared. */
export interface Answer {
  /** `allowed` or `denied` for each check, or the entries of a list's page; in their order. */
  readonly entries: readonly string[];
  /** Whether the list goes on. */
  readonly hasMore: boolean;
}

/** To a grant that was made. */
export const granted: Answer = { entries: ['granted'], hasMore: false };
