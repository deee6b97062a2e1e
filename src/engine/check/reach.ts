import { invariant } from '../../base/invariant.ts';
import { type Meter, pauseEvery } from '../meter.ts';
import { visitGoals } from './formula.ts';
import type { Goal, GoalFormula } from './goal.ts';

/**
 * How many hops away the furthest goal can be that was expanded below a goal; never too few.
 *
 * Along a chain the hops of the longest way are counted. Within a circle no goal is further from another than there are goals,
 * so circles are found first (Tarjan 1972) and count as one step of that length. Each goal is looked at once, however many ask.
 */
export class Reach {
  readonly #meter: Meter;
  readonly #found = new Map<Goal, Found>();
  /** Goals whose circle is not known to be whole yet, in the order in which they were found. */
  readonly #open: Found[] = [];
  #pauseAt = pauseEvery;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  /** Undefined as long as nobody asked for it or for anything above it. */
  known(goal: Goal): number | undefined {
    return this.#found.get(goal)?.hops;
  }

  async of(goal: Goal): Promise<number> {
    const path = [this.#foundOf(goal)];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const pause = this.#found.size >= this.#pauseAt ? this.#pause() : undefined;
      if (pause !== undefined) await pause;
      const part = at.parts[at.next];
      if (part === undefined) {
        path.pop();
        if (at.hops === undefined) this.#close(at);
        continue;
      }
      const below = this.#found.get(part.goal);
      if (below === undefined) {
        path.push(this.#foundOf(part.goal));
        continue;
      }
      // Come back from it, or found it on another way.
      at.next += 1;
      if (below.hops === undefined) at.low = Math.min(at.low, below.low);
      else at.beyond = Math.max(at.beyond, part.hops + below.hops);
    }
    return this.#found.get(goal)?.hops ?? 0;
  }

  #pause(): Promise<void> | undefined {
    this.#pauseAt = this.#found.size + pauseEvery;
    return this.#meter.pause();
  }

  #foundOf(goal: Goal): Found {
    const known = this.#found.get(goal);
    if (known !== undefined) return known;
    const parts: GoalFormula[] = [];
    if (goal.formula !== undefined) visitGoals(goal.formula, (part) => parts.push(part));
    this.#meter.charge(1 + parts.length);
    const order = this.#found.size;
    const found = { order, low: order, parts, next: 0, beyond: 0, hops: undefined };
    this.#found.set(goal, found);
    this.#open.push(found);
    return found;
  }

  /** Where nothing leads further back, a circle is whole; mostly it is a single goal. */
  #close(at: Found): void {
    if (at.low !== at.order) return;
    const members: Found[] = [];
    for (let last: Found | undefined; last !== at; ) {
      last = this.#open.pop();
      invariant(last !== undefined, 'a circle has a start');
      members.push(last);
    }
    const beyond = members.reduce((most, member) => Math.max(most, member.beyond), 0);
    for (const member of members) member.hops = members.length - 1 + beyond;
  }
}

interface Found {
  readonly order: number;
  /** The first goal that a way leads back to. */
  low: number;
  readonly parts: readonly GoalFormula[];
  next: number;
  /** The furthest that is outside of its circle. */
  beyond: number;
  /** Known when its circle is whole. */
  hops: number | undefined;
}
