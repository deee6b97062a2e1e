import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Metrics } from '../../base/metrics.ts';
import { readVersion } from '../read-version.ts';

/** What the thread and the process are doing. */
export function observeProcess(metrics: Metrics): void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  let before = performance.eventLoopUtilization();
  metrics.observe('nodejs_eventloop_utilization', () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return [[[], utilization]];
  });
  metrics.observe('nodejs_eventloop_delay_p99_seconds', () => {
    const seconds = delay.percentile(99) / 1e9;
    delay.reset();
    return [[[], seconds]];
  });
  metrics.observe('nodejs_heap_used_bytes', () => [[[], process.memoryUsage().heapUsed]]);
  metrics.observe('process_resident_memory_bytes', () => [[[], process.memoryUsage.rss()]]);
  const version = readVersion();
  metrics.observe('postern_build_info', () => [[[version, process.version], 1]]);
}
