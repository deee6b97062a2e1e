/** What somebody should know who gets an answer that is right, and perhaps not to the question that they meant to ask. */
export interface Notice {
  readonly code: NoticeCode;
  /** One sentence for people. */
  readonly message: string;
}

export type NoticeCode =
  /** No relationship has ever named the object. */
  | 'UNNAMED_OBJECT'
  /** The active model does not have the name; an earlier one had. */
  | 'FORMER_NAME'
  | 'UNKNOWN_MODEL'
  | 'UNKNOWN_EVENT'
  /** No command has the name that was taken for an actor. */
  | 'UNKNOWN_ACTOR'
  /** A value was sent for a parameter that no condition has. */
  | 'UNKNOWN_PARAMETER'
  /** Whatever is written, a list of this question is empty. */
  | 'NEVER_HELD'
  /** The model that was activated does not say for whom agents act that settings name. */
  | 'AGENTS_UNDEFINED';

/** The notices of one request: each once, and no more of them than somebody reads. */
export class Notices {
  readonly #found = new Map<string, Notice>();

  readonly add = (notice: Notice): void => {
    if (this.#found.size < mostNotices) this.#found.set(notice.message, notice);
  };

  get isEmpty(): boolean {
    return this.#found.size === 0;
  }

  get list(): readonly Notice[] {
    return [...this.#found.values()];
  }
}

const mostNotices = 20;
