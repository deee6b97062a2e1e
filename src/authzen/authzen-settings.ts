/** How names of the outside become names of the model, and back. Plain data, which threads can be sent. */
export interface AuthzenSettings {
  /** What actions are called in results: as the permission is (`full`), or without its `can_` (`plain`). Both are understood. */
  readonly actions: ActionStyle;
  /** Actions that have another name than their relation: `tools/call` for `can_call`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Whether characters that no id may have are written with "%" in the ids of the model. */
  readonly idEncoding: IdEncoding;
  /** Types of which tokens write the ids with "%", in their own way; then they are written so for them. */
  readonly claimTypes: ReadonlySet<string>;
}

export type ActionStyle = (typeof actionStyles)[number];
export const actionStyles = ['full', 'plain'] as const;

export type IdEncoding = (typeof idEncodings)[number];
export const idEncodings = ['none', 'percent'] as const;
