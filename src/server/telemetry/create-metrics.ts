import { Metrics } from '../../base/metrics.ts';
import { observeProcess } from './observe-process.ts';

/** The numbers of one thread, which begin with what it does. */
export function createMetrics(): Metrics {
  const metrics = new Metrics();
  observeProcess(metrics);
  return metrics;
}
