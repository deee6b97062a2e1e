import { mkdirSync, writeFileSync } from 'node:fs';
import { goldenOf, renderChart, renderings, renderRefusals, sourceLine } from '../test/deploy/support/render-chart.ts';

// Renders the chart with Helm, which has to be on the PATH, into what the tests look at: they need no Helm.
mkdirSync('test/golden/chart', { recursive: true });
for (const rendering of renderings)
  writeFileSync(goldenOf(rendering), `${sourceLine(rendering)}\n${renderChart(rendering)}`);
writeFileSync('test/golden/chart/refused.txt', renderRefusals());
