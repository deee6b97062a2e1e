interface Entry<Item> {
  readonly item: Item;
  readonly cost: number;
}

/** Items in the order of their costs, however they are added: a binary heap. */
export class CheapestFirst<Item> {
  readonly #entries: Entry<Item>[] = [];

  add(item: Item, cost: number): void {
    const entry = { item, cost };
    let at = this.#entries.push(entry) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = this.#entries[above];
      if (parent === undefined || parent.cost <= cost) break;
      this.#entries[at] = parent;
      at = above;
    }
    this.#entries[at] = entry;
  }

  take(): Entry<Item> | undefined {
    const [first] = this.#entries;
    const last = this.#entries.pop();
    if (first === undefined || last === undefined || this.#entries.length === 0) return first;
    let at = 0;
    for (;;) {
      const below = this.#cheaperBelow(at);
      const child = this.#entries[below];
      if (child === undefined || child.cost >= last.cost) break;
      this.#entries[at] = child;
      at = below;
    }
    this.#entries[at] = last;
    return first;
  }

  #cheaperBelow(at: number): number {
    const [left, right] = [this.#entries[2 * at + 1], this.#entries[2 * at + 2]];
    return left !== undefined && right !== undefined && right.cost < left.cost ? 2 * at + 2 : 2 * at + 1;
  }
}
