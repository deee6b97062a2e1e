import type { Page } from 'playwright-core';

/** Somebody who uses a page by the keyboard alone, and counts. */
export class Hands {
  readonly #page: Page;
  #presses = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  /** How many keys were pressed so far. */
  get presses(): number {
    return this.#presses;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.#page.keyboard.press(key);
      this.#presses += 1;
    }
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
    this.#presses += text.length;
  }

  /** Goes on, from what has the focus to the next, until it is something of this name; everything on the way shows where one is. */
  async goTo(name: string | RegExp, most = 40): Promise<void> {
    const seen: string[] = [];
    await this.rest();
    while (seen.length < most) {
      await this.press('Tab');
      const { name: found, isSeen } = await this.focus();
      if (!isSeen) throw new Error(`Nobody sees where they are at "${found}".`);
      if (typeof name === 'string' ? found === name : name.test(found)) return;
      seen.push(found);
    }
    throw new Error(`There is no ${name} among "${seen.join('", "')}".`);
  }

  /** Waits until nothing is on its way. */
  async rest(): Promise<void> {
    await this.#page.locator('main[aria-busy="false"]').waitFor();
  }

  /** What has the focus: as a reader says it, and whether somebody sees it there. */
  async focus(): Promise<{ readonly name: string; readonly isSeen: boolean }> {
    const found: unknown = await this.#page.evaluate(`(() => {
      const element = document.activeElement;
      const name = element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText.split('\\n')[0] ?? element.innerText;
      const { width, top, bottom } = element.getBoundingClientRect();
      const { outlineStyle } = getComputedStyle(element);
      const isSeen = element === document.body || (width > 0 && bottom > 0 && top < innerHeight && outlineStyle !== 'none');
      return { name: isSeen ? name.trim() : JSON.stringify([name, width, top, bottom, outlineStyle]), isSeen };
    })()`);
    return found as { readonly name: string; readonly isSeen: boolean };
  }
}
