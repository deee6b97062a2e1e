/** How much may be spent on a comparison; what was begun when it ends is not counted. */
export class ImpactBudget {
  readonly #maxChecks: number;
  readonly #isLate: () => boolean;
  #checks = 0;

  constructor(maxChecks: number, isLate: () => boolean) {
    this.#maxChecks = maxChecks;
    this.#isLate = isLate;
  }

  /** How many checks were made. */
  get checks(): number {
    return this.#checks;
  }

  /** Whether there is enough left for this many checks, which are then spent. */
  spend(checks: number): boolean {
    if (this.#isLate() || this.#checks + checks > this.#maxChecks) return false;
    this.#checks += checks;
    return true;
  }
}
