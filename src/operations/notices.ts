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
  | 'UNKNOWN_MODEL';

/** The notices of one request: each once, and no more of them than somebody reads. */
export class Notices {
  readonly #found = new Map<string, Notice>();

  readonly add = (notice: Notice): void => {
    if (this.#found.size < mostNotices) this.#found.set(notice.message, notice);
  };

  get list(): readonly Notice[] {
    return [...this.#found.values()];
  }
}

const mostNotices = 20;
