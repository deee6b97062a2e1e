import { definitionOf, type MetricName, metricNames } from '../../base/metric-table.ts';
import type { Reading, Series } from '../../base/metrics.ts';

/** What one thread of the server has measured. */
export interface WorkerReading {
  readonly worker: string;
  readonly reading: Reading;
}

/**
 * The text format of Prometheus (version 0.0.4). Every series says which worker it is of: sums are for whoever reads, and one
 * worker that is different from the others is what is looked for.
 */
export function formatMetrics(readings: readonly WorkerReading[]): string {
  const lines = metricNames.flatMap((name) => {
    const series = readings.flatMap(({ worker, reading }) =>
      (reading.find(([metric]) => metric === name)?.[1] ?? []).flatMap((one) => linesOf(name, one, worker)),
    );
    return series.length === 0 ? [] : [...headOf(name), ...series];
  });
  return `${lines.join('\n')}\n`;
}

/** As the format's version 0.0.4 is announced. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

function headOf(name: MetricName): readonly string[] {
  const { help, kind } = definitionOf(name);
  return [`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`, `# TYPE ${name} ${kind}`];
}

function linesOf(name: MetricName, series: Series, worker: string): readonly string[] {
  const { labels: names, buckets: bounds = [] } = definitionOf(name);
  const labels = [...names.map((label, index): Label => [label, series.labels[index] ?? '']), workerLabel(worker)];
  if (series.buckets === undefined) return [lineOf(name, labels, series.value)];
  let sum = 0;
  const buckets = series.buckets.map((count, index) => {
    sum += count;
    return lineOf(`${name}_bucket`, [...labels, ['le', String(bounds[index] ?? '+Inf')]], sum);
  });
  return [...buckets, lineOf(`${name}_sum`, labels, series.value), lineOf(`${name}_count`, labels, sum)];
}

type Label = readonly [name: string, value: string];

const workerLabel = (worker: string): Label => ['worker', worker];

function lineOf(name: string, labels: readonly Label[], value: number): string {
  const written = labels.map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}{${written.join(',')}} ${value}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
