import { assertNever } from '../../base/assert-never.ts';
import { allowed, type Decision, denied } from '../../model/decision.ts';
import { type Meter, pauseEvery } from '../meter.ts';
import { evaluate, exclude, operandsOf } from './formula.ts';
import type { Formula, Goal, OpenPart } from './goal.ts';

/**
 * Settles goals that wait for each other: all their edges are known, and what is open is circular.
 *
 * A circle of `or` and `and` adds nothing: its least fixpoint is the answer. A circle through `but not` can have no
 * answer at all (I am in unless I am in). The well-founded semantics (Van Gelder, Ross, Schlipf 1991) gives both:
 * `least` and `most` close in on the true values from below and from above, and a goal between the two at the end
 * has no value; it takes its least one, which is computed with the most of what is subtracted, so it fails closed.
 *
 * Each fixpoint is linear. How often they alternate is not bounded by anything but the number of goals: the meter bounds it.
 */
export async function settleCircular(goals: readonly Goal[], meter: Meter): Promise<void> {
  if (goals.length === 0) return;
  const circles = await Circles.of(goals, meter);
  let least = goals.map(() => denied);
  let most = await circles.leastFixpoint(least);
  // Where nothing is subtracted inside of a circle, there is nothing to close in on.
  let changed = circles.hasSubtracted;
  if (!changed) least = most;
  while (changed) {
    const nextLeast = await circles.leastFixpoint(most);
    const nextMost = await circles.leastFixpoint(nextLeast);
    changed = !isSame(least, nextLeast) || !isSame(most, nextMost);
    least = nextLeast;
    most = nextMost;
  }
  goals.forEach((goal, index) => {
    goal.decision = least[index];
  });
}

type Values = Decision[];

function isSame(left: Values, right: Values): boolean {
  return left.every(({ kind }, index) => kind === right[index]?.kind);
}

/** An open part, with what its open operands come to for now. */
interface Cell {
  readonly part: OpenPart;
  readonly parent: Cell | undefined;
  readonly root: Root;
  /** What it is undecided by, whatever its open operands come to. */
  readonly doubt: Decision | undefined;
  value: Decision;
  allowed: number;
  undecided: number;
  /** The last undecided value that it was told. */
  told: Decision | undefined;
  base: Decision;
  subtracted: Decision;
}

/** A goal, with what it comes to for now. */
interface Root {
  /** What its formula comes to. */
  value: Decision;
  /** What was told of it. */
  told: Decision;
  /** The parts that wait for it, behind an even and behind an odd number of `but not`. */
  readonly added: Cell[];
  readonly subtracted: Cell[];
}

/** What is open in circles, for as many fixpoints as are needed. */
class Circles {
  readonly #meter: Meter;
  readonly #roots = new Map<Goal, Root>();
  readonly #cells = new Map<OpenPart, Cell>();

  private constructor(meter: Meter) {
    this.#meter = meter;
  }

  static async of(goals: readonly Goal[], meter: Meter): Promise<Circles> {
    const circles = new Circles(meter);
    for (const goal of goals) circles.#roots.set(goal, { value: denied, told: denied, added: [], subtracted: [] });
    let charged = 0;
    for (const [{ dependents = [] }, root] of circles.#roots) {
      for (const part of dependents) {
        const cell = circles.#cellOf(part);
        if (cell !== undefined) (part.isBehindNot ? root.subtracted : root.added).push(cell);
      }
      await circles.#pause(circles.#cells.size - charged);
      charged = circles.#cells.size;
    }
    return circles;
  }

  get hasSubtracted(): boolean {
    return [...this.#roots.values()].some(({ subtracted }) => subtracted.length > 0);
  }

  /** Denied < undecided < allowed: starting from denied, decisions only rise, while what is subtracted stays fixed. */
  async leastFixpoint(subtracted: Values): Promise<Values> {
    await this.#reset();
    let index = 0;
    for (const cell of this.#cells.values()) {
      climb(cell, outcomeIn(cell));
      index += 1;
      if (index % pauseEvery === 0) await this.#meter.pause();
    }
    index = 0;
    for (const root of this.#roots.values()) {
      const fixed = subtracted[index] ?? denied;
      index += 1;
      for (const cell of root.subtracted) tell(cell, denied, fixed, false);
      await this.#pause(1 + root.subtracted.length);
    }
    await this.#rise();
    return [...this.#roots.values()].map(({ told }) => told);
  }

  async #reset(): Promise<void> {
    for (const root of this.#roots.values()) {
      root.value = denied;
      root.told = denied;
    }
    for (const cell of this.#cells.values()) {
      const { base = denied, subtracted = denied } = cell.part;
      Object.assign(cell, { value: denied, allowed: 0, undecided: 0, told: undefined, base, subtracted });
    }
    await this.#pause(this.#cells.size);
  }

  /** Tells of every goal that has risen, until none does. */
  async #rise(): Promise<void> {
    const risen = [...this.#roots.values()].filter(hasRisen);
    for (let root = risen.pop(); root !== undefined; root = risen.pop()) {
      const before = root.told;
      if (!hasRisen(root)) continue;
      root.told = root.value;
      for (const cell of root.added) {
        tell(cell, before, root.told, false);
        if (hasRisen(cell.root)) risen.push(cell.root);
      }
      await this.#pause(1 + root.added.length);
    }
  }

  #pause(steps: number): Promise<void> | undefined {
    this.#meter.charge(steps);
    return this.#meter.pause();
  }

  /** Undefined for what has been settled, and for what belongs to goals that nobody asks for. */
  #cellOf(part: OpenPart): Cell | undefined {
    const known = this.#cells.get(part);
    const root = this.#roots.get(part.goal);
    if (known !== undefined || root === undefined || part.isSettled) return known;
    const { parent: outer } = part;
    const parent = outer && this.#cellOf(outer);
    if (outer !== undefined && parent === undefined) return undefined;
    const doubt = part.isDoubtful ? firstDoubt(part.formula) : undefined;
    const sides = { base: denied, subtracted: denied };
    const cell = { part, parent, root, doubt, value: denied, allowed: 0, undecided: 0, told: undefined, ...sides };
    this.#cells.set(part, cell);
    return cell;
  }
}

function firstDoubt(formula: Formula): Decision | undefined {
  for (const operand of operandsOf(formula)) {
    const decision = evaluate(operand);
    if (decision?.kind === 'undecided') return decision;
  }
  return undefined;
}

/** Tells a part of the change of one of its open operands, and the parts around it of what follows. */
function tell(cell: Cell, before: Decision, after: Decision, isSubtracted: boolean): void {
  if (before.kind === after.kind) return;
  if (before.kind === 'allowed') cell.allowed -= 1;
  if (before.kind === 'undecided') cell.undecided -= 1;
  if (after.kind === 'allowed') cell.allowed += 1;
  if (after.kind === 'undecided') {
    cell.undecided += 1;
    cell.told = after;
  }
  if (isSubtracted) cell.subtracted = after;
  else cell.base = after;
  climb(cell, outcomeIn(cell));
}

function climb(cell: Cell, value: Decision): void {
  const before = cell.value;
  if (before.kind === value.kind) return;
  cell.value = value;
  if (cell.parent === undefined) cell.root.value = value;
  else tell(cell.parent, before, value, cell.part.isSubtracted);
}

function outcomeIn(cell: Cell): Decision {
  const { part, doubt, told = denied } = cell;
  switch (part.kind) {
    case 'union':
      if (cell.allowed > 0) return allowed;
      return cell.undecided > 0 ? told : (doubt ?? denied);
    case 'intersection':
      if (cell.allowed + cell.undecided < part.open) return denied;
      return cell.undecided > 0 ? told : (doubt ?? allowed);
    case 'exclusion':
      return exclude(cell.base, cell.subtracted) ?? denied;
    case 'same':
      if (cell.allowed > 0) return allowed;
      return cell.undecided > 0 ? told : denied;
    default:
      return assertNever(part.kind);
  }
}

const ranks = { denied: 0, undecided: 1, allowed: 2 } as const;

function hasRisen({ value, told }: Root): boolean {
  return ranks[value.kind] > ranks[told.kind];
}
