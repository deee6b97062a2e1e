/** Whose decisions, and how fresh. */
export interface Asker {
  readonly authorization: string;
  readonly consistency: string | undefined;
}
