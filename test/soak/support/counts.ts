/** What came of what was asked, by kind of question. */
export class Counts {
  readonly answered = new Map<string, number>();
  /** Questions that were refused, by code; a code of HTTP, or why there was no answer at all. */
  readonly refused = new Map<string, number>();
  /** The first few, in words. */
  readonly wrong: string[] = [];
  wrongs = 0;
  /** The longest time to a refusal, and to an answer. */
  slowestRefusalMs = 0;
  slowestAnswerMs = 0;
  /** When something was answered last, on the clock of `performance`. */
  lastAnswerAt = 0;

  answer(kind: string, ms: number): void {
    add(this.answered, kind);
    this.slowestAnswerMs = Math.max(this.slowestAnswerMs, ms);
    this.lastAnswerAt = performance.now();
  }

  refuse(code: string, ms: number): void {
    add(this.refused, code);
    this.slowestRefusalMs = Math.max(this.slowestRefusalMs, ms);
  }

  mistake(sentence: string): void {
    this.wrongs += 1;
    if (this.wrong.length < 10) this.wrong.push(sentence);
  }

  get total(): number {
    return sum(this.answered);
  }

  toString(): string {
    const answered = `${this.total} answered (${list(this.answered)})`;
    const refused = `${sum(this.refused)} refused${this.refused.size === 0 ? '' : ` (${list(this.refused)})`}`;
    return `${answered}, ${refused}, ${this.wrongs} wrong`;
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((all, one) => all + one, 0);
}

function list(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([key, count]) => `${key} ${count}`).join(', ');
}
