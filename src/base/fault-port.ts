import type { FaultPoint } from './fault-points.ts';

/** Where tests make what is waited for fail, hang, or end the process. Servers have none, and nothing is between them and their work. */
export interface FaultPort {
  /** The outcome of the work, unless something happens to it before it is begun or after it has ended. */
  around<Value>(point: FaultPoint, work: () => Promise<Value>): Promise<Value>;
}

/** The work, at a point where something may happen to it. */
export function at<Value>(
  faults: FaultPort | undefined,
  point: FaultPoint,
  work: () => Promise<Value>,
): Promise<Value> {
  return faults === undefined ? work() : faults.around(point, work);
}
