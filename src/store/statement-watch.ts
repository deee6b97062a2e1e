/** What a statement is sent for. A short list: it labels what is measured. */
export type StatementKind =
  | 'audit'
  | 'check'
  | 'commit'
  | 'models'
  | 'probe'
  | 'ready'
  | 'relationships'
  | 'replica'
  | 'snapshot'
  | 'upkeep'
  | 'write';

/** Sees each statement of the store, from its sending to its end. It must not throw, and costs time on the way to every answer. */
export interface StatementWatch {
  /** What it returns is told how the statement ended. */
  begin(kind: StatementKind): (end: StatementEnd) => void;
}

export interface StatementEnd {
  /** How many rows were returned or changed; undefined where it failed. */
  readonly rows: number | undefined;
}
