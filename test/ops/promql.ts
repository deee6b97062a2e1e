import { isDeepStrictEqual } from 'node:util';
import { invariant } from '../../src/base/invariant.ts';

/**
 * As much of PromQL as the alerts need: selectors, `rate`, `increase`, `sum`, `max`, `min` and `by`, arithmetic between series of the
 * same labels, comparisons that filter, and `and`. Whatever else stands in an expression is an error, and not left out.
 */
export interface MadeSeries {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Its value at a time, in seconds. */
  readonly at: (seconds: number) => number;
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

type Evaluate = (series: readonly MadeSeries[], at: number) => readonly Sample[];

/** Reads an expression; throws for what it does not know. */
export function readPromql(text: string): Evaluate {
  const reader = new PromqlReader(text);
  const evaluate = reader.and();
  reader.end();
  return evaluate;
}

const scalar = (value: number): Evaluate => {
  return () => [{ labels: {}, value }];
};

class PromqlReader {
  readonly #tokens: string[];

  constructor(text: string) {
    this.#tokens = text.match(/"[^"]*"|[a-zA-Z_]\w*|\d+(?:\.\d+)?[smhdw]?|=~|!=|<=|>=|[=<>(){}[\],*/+-]/g) ?? [];
    invariant(this.#tokens.join('') === text.replaceAll(/\s/g, ''), `every token is known of ${text}`);
  }

  end(): void {
    invariant(this.#tokens.length === 0, `nothing follows: ${this.#tokens.join(' ')}`);
  }

  and(): Evaluate {
    let left = this.#comparison();
    while (this.#takes('and')) {
      const [first, second] = [left, this.#comparison()];
      left = (series, at) => (second(series, at).length === 0 ? [] : first(series, at));
    }
    return left;
  }

  #comparison(): Evaluate {
    const left = this.#sum();
    for (const operator of ['>=', '<=', '>', '<'] as const) {
      if (!this.#takes(operator)) continue;
      const right = this.#sum();
      return (series, at) => {
        const [limit] = right(series, at);
        return limit === undefined ? [] : left(series, at).filter(({ value }) => compare(operator, value, limit.value));
      };
    }
    return left;
  }

  #sum(): Evaluate {
    let left = this.#factor();
    for (;;) {
      const operator = ['*', '/', '+', '-'].find((one) => this.#takes(one));
      if (operator === undefined) return left;
      const [first, second] = [left, this.#factor()];
      left = (series, at) => {
        const others = second(series, at);
        return first(series, at).flatMap(({ labels, value }) => {
          const other = others.find((one) => isDeepStrictEqual(one.labels, labels));
          return other === undefined ? [] : [{ labels, value: calculate(operator, value, other.value) }];
        });
      };
    }
  }

  #factor(): Evaluate {
    const token = this.#next();
    if (/^\d/.test(token)) return scalar(Number(token));
    if (token === '(') return this.#closed(this.and());
    const fold = folds.get(token);
    if (fold !== undefined) {
      const by = this.#takes('by') ? this.#names() : [];
      this.#expect('(');
      const inner = this.#closed(this.and());
      return (series, at) => foldBy(by, inner(series, at), fold);
    }
    if (token === 'rate' || token === 'increase') {
      this.#expect('(');
      return this.#closed(this.#growth(this.#next(), token));
    }
    return this.#selector(token);
  }

  #names(): readonly string[] {
    const names: string[] = [];
    this.#expect('(');
    do names.push(this.#next());
    while (this.#takes(','));
    return this.#closed(names);
  }

  #growth(metric: string, kind: 'rate' | 'increase'): Evaluate {
    const matches = this.#matchers();
    this.#expect('[');
    const window = secondsOf(this.#next());
    this.#expect(']');
    const offset = this.#takes('offset') ? secondsOf(this.#next()) : 0;
    return (series, at) =>
      series
        .filter((one) => one.metric === metric && matches(one.labels))
        .map(({ labels, at: valueAt }) => {
          const grown = valueAt(at - offset) - valueAt(at - offset - window);
          return { labels, value: kind === 'rate' ? grown / window : grown };
        });
  }

  #selector(metric: string): Evaluate {
    const matches = this.#matchers();
    return (series, at) =>
      series
        .filter((one) => one.metric === metric && matches(one.labels))
        .map(({ labels, at: valueAt }) => ({ labels, value: valueAt(at) }));
  }

  #matchers(): (labels: Readonly<Record<string, string>>) => boolean {
    const found: ((labels: Readonly<Record<string, string>>) => boolean)[] = [];
    if (this.#takes('{')) {
      do {
        const [name, operator, text] = [this.#next(), this.#next(), this.#next().slice(1, -1)];
        invariant(operator === '=' || operator === '=~', `"${operator}" is a matcher that is known`);
        const pattern = operator === '=' ? undefined : new RegExp(`^(?:${text})$`);
        found.push((labels) => (pattern ? pattern.test(labels[name] ?? '') : labels[name] === text));
      } while (this.#takes(','));
      this.#expect('}');
    }
    return (labels) => found.every((matches) => matches(labels));
  }

  #closed<Inner>(inner: Inner): Inner {
    this.#expect(')');
    return inner;
  }

  #takes(token: string): boolean {
    if (this.#tokens[0] !== token) return false;
    this.#tokens.shift();
    return true;
  }

  #expect(token: string): void {
    invariant(this.#takes(token), `"${token}" comes before ${this.#tokens.join(' ')}`);
  }

  #next(): string {
    const token = this.#tokens.shift();
    invariant(token !== undefined, 'the expression goes on');
    return token;
  }
}

const folds: ReadonlyMap<string, (values: readonly number[]) => number> = new Map([
  ['sum', (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)],
  ['max', (values: readonly number[]) => Math.max(...values)],
  ['min', (values: readonly number[]) => Math.min(...values)],
]);

function foldBy(
  by: readonly string[],
  samples: readonly Sample[],
  fold: (values: readonly number[]) => number,
): readonly Sample[] {
  const groups = Map.groupBy(samples, ({ labels }) => JSON.stringify(by.map((name) => labels[name])));
  return [...groups.values()].map((group) => ({
    labels: Object.fromEntries(by.map((name) => [name, group[0]?.labels[name] ?? ''])),
    value: fold(group.map(({ value }) => value)),
  }));
}

function compare(operator: '>=' | '<=' | '>' | '<', left: number, right: number): boolean {
  switch (operator) {
    case '>=':
      return left >= right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '<':
      return left < right;
  }
}

function calculate(operator: string, left: number, right: number): number {
  if (operator === '*') return left * right;
  if (operator === '/') return left / right;
  return operator === '+' ? left + right : left - right;
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

export function secondsOf(duration: string): number {
  const [, count, unit = ''] = /^(\d+)([smhdw])$/.exec(duration) ?? [];
  const seconds = units[unit];
  invariant(count !== undefined && seconds !== undefined, `"${duration}" is a time`);
  return Number(count) * seconds;
}
