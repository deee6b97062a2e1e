import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { drawBarChart } from '../../bench/docs/bar-chart.ts';
import { readPublished } from '../../bench/docs/published.ts';
import { renderPerformance } from '../../bench/docs/render-performance.ts';
import { publishedFolder } from '../../bench/docs/write-docs.ts';

const published = await readPublished(publishedFolder);

describe('the page of what was measured', () => {
  const rendered = renderPerformance(published);

  test.each([...rendered])(
    'docs/%s is what the published results give: npm run bench -- --write-docs',
    (path, text) => {
      expect(readFileSync(`docs/${path}`, 'utf8')).toBe(text);
    },
  );

  test('has no chart besides', () => {
    const charts = readdirSync('docs/performance').map((name) => `performance/${name}`);
    expect(charts.toSorted()).toEqual([...rendered.keys()].filter((path) => path.endsWith('.svg')).toSorted());
  });

  test('is made of results that say where and when they were taken', () => {
    expect(published.reports.length).toBeGreaterThan(0);
    for (const { machine, takenAt } of published.reports) {
      expect(machine.processor).not.toBe('');
      expect(new Date(takenAt).getTime()).toBeGreaterThan(0);
    }
  });
});

describe('a chart', () => {
  const bars = [
    { label: 'one', parts: [{ value: 1, colour: 'first' }], text: '1 & more' },
    {
      label: 'two',
      parts: [
        { value: 2, colour: 'first' },
        { value: 2, colour: 'third' },
      ],
      text: '<4>',
    },
  ] as const;
  const chart = drawBarChart({ title: 'a "chart"', subtitle: 'of < and &', panels: [{ title: 'times', bars }] });

  test('has bars as long as their values, the longest as long as the panel', () => {
    const widths = Array.from(chart.matchAll(/<rect class="(?:first|third)" .*? width="([\d.]+)"/g), ([, width]) =>
      Number(width),
    );
    expect(widths).toEqual([widths[2] && widths[2] / 2, widths[2], widths[2]]);
    expect(widths[2]).toBeGreaterThan(100);
  });

  test('has no text that would be taken for markup', () => {
    expect(chart).toContain('of &lt; and &amp;');
    expect(chart).toContain('&lt;4&gt;');
    expect(chart.match(/&(?!amp;|lt;|gt;)/)).toBeNull();
  });

  test('is drawn for a light and for a dark page', () => {
    expect(chart).toMatch(/\.ground\{fill:#ffffff.*@media\(prefers-color-scheme:dark\)\{.*\.ground\{fill:#0d1117/s);
  });
});
