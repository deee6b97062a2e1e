import type { FaultPoint } from '../../src/base/fault-points.ts';
import type { FaultPort } from '../../src/base/fault-port.ts';

/** Holds the next write of a store of several servers at its commit: right before it, or when it has ended and nobody knows. */
export class HeldCommit implements FaultPort {
  #moment: 'before' | 'after' | undefined;
  #isTaken = false;
  #reached = Promise.withResolvers<void>();
  #release = Promise.withResolvers<void>();

  hold(moment: 'before' | 'after'): void {
    this.#moment = moment;
    this.#isTaken = false;
    this.#reached = Promise.withResolvers();
    this.#release = Promise.withResolvers();
  }

  /** Comes when the write has come to its commit. */
  get reached(): Promise<void> {
    return this.#reached.promise;
  }

  release(): void {
    this.#moment = undefined;
    this.#release.resolve();
  }

  async around<Value>(point: FaultPoint, work: () => Promise<Value>): Promise<Value> {
    const isHeld = point === 'commit' && this.#isTaken ? this.#moment : undefined;
    if (isHeld !== undefined) this.#isTaken = false;
    if (isHeld === 'before') await this.#wait();
    const value = await work();
    if (isHeld === 'after') await this.#wait();
    if (['advanceShards', 'tryState', 'takeState'].includes(point) && this.#moment !== undefined) this.#isTaken = true;
    return value;
  }

  #wait(): Promise<void> {
    this.#reached.resolve();
    return this.#release.promise;
  }
}
