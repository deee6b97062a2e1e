import type { Relationship } from '../../model/relationship.ts';

/** The instants from now on at which relationships begin or end, as far as somebody has met them. */
export class Timeline {
  readonly #now: Date;
  readonly #times = new Set<number>();

  constructor(now: Date) {
    this.#now = now;
  }

  note(one: Pick<Relationship, 'startsAt' | 'expiresAt'> | undefined): void {
    for (const at of [one?.startsAt, one?.expiresAt])
      if (at !== undefined && at > this.#now) this.#times.add(at.getTime());
  }

  /** The next of them; undefined after the last. */
  nextAfter(at: Date): Date | undefined {
    let next: number | undefined;
    for (const time of this.#times) if (time > at.getTime() && (next === undefined || time < next)) next = time;
    return next === undefined ? undefined : new Date(next);
  }
}
