import { definitionOf, type MetricDefinition, type MetricName, metricNames } from './metric-table.ts';

/** What one metric has been, for one choice of its labels. Plain data: a thread may send it to another. */
export interface Series {
  /** As many as the metric has labels, in their order. */
  readonly labels: readonly string[];
  /** Of a counter or a gauge. Of a histogram, the sum of what was observed. */
  value: number;
  /** Of a histogram: how many observations each bucket has, and at the end those beyond the last one. */
  readonly buckets?: number[];
}

export type Reading = readonly (readonly [metric: MetricName, series: readonly Series[]])[];

/** A metric's values at this moment: of gauges, and of counters that somebody else keeps. */
export type Observed = () => Iterable<readonly [labels: readonly string[], value: number]>;

/** However many choices there are, the memory of a server and of whoever reads it has an end. */
const mostSeries = 200;

/** Counts and measures; read by whoever watches the server. Each thread has its own. */
export class Metrics {
  readonly #kept = new Map<MetricName, LabelledSeries>();
  readonly #observed = new Map<MetricName, Observed[]>();

  count(metric: MetricName, labels: readonly string[] = [], by = 1): void {
    this.#seriesOf(metric, labels).value += by;
  }

  /** Adds a value to a histogram. */
  measure(metric: MetricName, labels: readonly string[], value: number): void {
    this.measureOf(metric, labels)(value);
  }

  /** The same for whoever adds many: the series is looked up once. */
  measureOf(metric: MetricName, labels: readonly string[]): (value: number) => void {
    const series = this.#seriesOf(metric, labels);
    const { buckets: bounds = [] } = definitionOf(metric);
    return (value) => {
      let index = 0;
      while (index < bounds.length && value > (bounds[index] ?? 0)) index += 1;
      series.value += value;
      if (series.buckets) series.buckets[index] = (series.buckets[index] ?? 0) + 1;
    };
  }

  /** From now on the metric is whatever `observe` says when it is read; several may say something. */
  observe(metric: MetricName, observe: Observed): void {
    this.#observed.set(metric, [...(this.#observed.get(metric) ?? []), observe]);
  }

  read(): Reading {
    return metricNames.flatMap((name) => {
      const kept = this.#kept.get(name)?.all ?? [];
      const observed = (this.#observed.get(name) ?? []).flatMap((observe) =>
        Array.from(observe(), ([labels, value]): Series => ({ labels, value })),
      );
      const series = [...kept, ...observed];
      return series.length === 0 ? [] : [[name, series] as const];
    });
  }

  #seriesOf(metric: MetricName, labels: readonly string[]): Series {
    const known = this.#kept.get(metric) ?? new LabelledSeries();
    this.#kept.set(metric, known);
    const found = known.find(labels);
    if (found !== undefined) return found;
    const isFull = known.all.length >= mostSeries && labels.some((label) => label !== other);
    if (isFull) {
      const others = labels.map(() => other);
      return this.#seriesOf(metric, others);
    }
    return known.add(newSeries(definitionOf(metric), labels));
  }
}

interface Branch {
  series: Series | undefined;
  readonly next: Map<string, Branch>;
}

/** The series of one metric. They are found label by label, for each request several times: without a text that is made of all of them. */
class LabelledSeries {
  readonly all: Series[] = [];
  readonly #root: Branch = { series: undefined, next: new Map() };

  find(labels: readonly string[]): Series | undefined {
    let at: Branch | undefined = this.#root;
    for (const label of labels) at = at?.next.get(label);
    return at?.series;
  }

  add(series: Series): Series {
    let at = this.#root;
    for (const label of series.labels) {
      const next = at.next.get(label) ?? { series: undefined, next: new Map<string, Branch>() };
      at.next.set(label, next);
      at = next;
    }
    at.series = series;
    this.all.push(series);
    return series;
  }
}

/** What a label is called when there are too many values of it. */
const other = 'other';

function newSeries({ buckets }: MetricDefinition, labels: readonly string[]): Series {
  return { labels, value: 0, ...(buckets && { buckets: Array<number>(buckets.length + 1).fill(0) }) };
}
