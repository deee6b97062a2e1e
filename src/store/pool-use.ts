/** What becomes of the connections of a pool. */
export interface PoolUse {
  readonly used: number;
  readonly idle: number;
  readonly size: number;
  /** Pieces of work that wait for one. */
  readonly waiting: number;
}
