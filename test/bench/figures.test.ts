import { describe, expect, test } from 'vitest';
import type { FiguresReport } from '../../bench/figures/figures-report.ts';
import { figureParts, isReached } from '../../bench/figures/figures-to-reach.ts';
import { figureRows, growthSentence, singleRows } from '../../bench/figures/print-figures.ts';
import type { Level, Measurement } from '../../bench/report.ts';

function measured(level: Level, scenario: string, inFlight: number, more: Partial<Measurement> = {}): Measurement {
  const times = { requests: 100, p50Ms: 2, p99Ms: 3, requestsPerSecond: 1000, cpuMs: 1, databaseCpuMs: 0.5 };
  const cost = { statements: 1, mostStatements: 1, transactionStatements: 0, rows: undefined, lookups: undefined };
  return { level, scenario, inFlight, answersPerRequest: 500, ...times, cost, ...more } as Measurement;
}

const everything = (['engine', 'http'] as const).flatMap((level) =>
  figureParts.map((part) => {
    const [scenario = '', inFlight] = part.split('/');
    return measured(level, scenario, Number(inFlight), scenario === 'single' ? { answersPerRequest: 1 } : {});
  }),
);

const report: FiguresReport = {
  kind: 'figures',
  takenAt: '2026-01-01T00:00:00Z',
  machine: { processor: 'P', cores: 2, memoryGb: 8, system: 'S', node: '24', postgres: '18' },
  data: { relationships: 1_000_000, seed: 1, parentShare: 0.5 },
  measurements: everything,
  growth: [
    { relationships: 100_000, measurements: [measured('engine', 'page-50x10', 1)] },
    {
      relationships: 10_000_000,
      measurements: [measured('engine', 'page-50x10', 1, { cpuMs: 3.5, databaseCpuMs: 1 })],
    },
  ],
  storage: { relationships: 1000, relationshipBytes: 150_000, objects: 400, objectBytes: 60_000 },
  replica: { relationships: 1000, bytes: 59_000 },
  bulk: { perWrite: 1000, relationshipsPerSecond: 29_999 },
};

describe('the figures to reach', () => {
  const rows = new Map(figureRows(report).map(([name, ...cells]) => [name, cells]));

  test.each([
    { name: 'page of 50 × 10, 1 client, p50', engine: ['2 ms', '≤ 1.5 ms', 'missed'], http: ['2 ms', '≤ 3 ms', 'met'] },
    {
      name: 'checks in pages, 16 clients',
      engine: ['500,000/s', '≥ 500,000/s', 'met'],
      http: ['500,000/s', '≥ 200,000/s', 'met'],
    },
    {
      name: 'single checks, 16 clients',
      engine: ['1,000/s', '≥ 7,000/s', 'missed'],
      http: ['1,000/s', '≥ 6,000/s', 'missed'],
    },
    { name: 'statements per page, the most', engine: ['1', '≤ 1', 'met'], http: ['1', '≤ 1', 'met'] },
    { name: 'growth of CPU per page', engine: ['3×', '≤ 2×', 'missed'], http: ['not measured', '≤ 2×', ''] },
  ])('stand beside what was measured: $name', ({ name, engine, http }) => {
    const cells = rows.get(name) ?? [];
    expect(cells.slice(0, 3)).toEqual(engine);
    expect(cells.slice(-3)).toEqual(http);
  });

  test('of the whole are read from the storage and the writes', () => {
    const singles = new Map(singleRows(report).map(([name, ...cells]) => [name, cells]));
    expect(singles.get('PostgreSQL per relationship, with all indexes')).toEqual(['150 bytes', '≤ 200 bytes', 'met']);
    expect(singles.get('memory of the replica per relationship')).toEqual(['59 bytes', '≤ 60 bytes', 'met']);
    expect(singles.get('the same with the names of objects')).toEqual(['210 bytes', '≤ 200 bytes', 'missed']);
    expect(singles.get('relationships written in bulk')).toEqual(['29,999/s', '≥ 30,000/s', 'missed']);
  });

  test('say between what the growth was measured, and one size is no growth', () => {
    expect(growthSentence(report)).toContain('from 100,000 to 10,000,000');
    const [few] = report.growth;
    const one = { ...report, growth: few === undefined ? [] : [few, few] };
    const cells = figureRows(one).find(([name]) => name === 'growth of CPU per page');
    expect(cells?.[1]).toBe('not measured');
    expect(growthSentence(one)).toContain('between two sizes only');
  });

  test.each([
    { target: { atMost: 2 }, value: 2, isMet: true },
    { target: { atMost: 2 }, value: 2.01, isMet: false },
    { target: { atLeast: 2 }, value: 2, isMet: true },
    { target: { atLeast: 2 }, value: 1.99, isMet: false },
    { target: { atLeast: 2 }, value: Number.NaN, isMet: false },
    { target: { atMost: 2 }, value: Number.NaN, isMet: false },
  ])('$target is met by $value: $isMet', ({ target, value, isMet }) => {
    expect(isReached(target, value)).toBe(isMet);
  });
});
