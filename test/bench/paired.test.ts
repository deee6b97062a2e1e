import { describe, expect, test } from 'vitest';
import { type Compared, chanceOf, median, ratioOf, speedRatio } from '../../bench/compare/paired.ts';

describe('the chance that nothing differs', () => {
  // From the tables of the signed-rank test.
  test.each([
    { differences: [1, 2, 3, 4, 5, 6, 7, 8], chance: 2 / 256 },
    { differences: [-1, 2, 3, 4, 5, 6, 7, 8], chance: 4 / 256 },
    { differences: [1, 2, -3, 4, 5, 6, 7, 8], chance: 10 / 256 },
    { differences: [-1, -2, -3, -4, -5, -6], chance: 2 / 64 },
    { differences: [1, 2, 3, 4, 5], chance: 2 / 32 },
    { differences: [1, -2, 3, -4], chance: 14 / 16 },
  ])('of $differences is $chance', ({ differences, chance }) => {
    expect(chanceOf(differences)).toBeCloseTo(chance, 10);
  });
});

describe('a verdict', () => {
  test.each([
    { what: 'each pair faster', ratios: [1.5, 1.6, 1.4, 1.5, 1.7, 1.5, 1.6, 1.5], verdict: 'faster' },
    { what: 'each pair slower', ratios: [0.5, 0.6, 0.55, 0.5, 0.6, 0.5], verdict: 'slower' },
    { what: 'one small miss among eight', ratios: [1.5, 1.6, 0.95, 1.5, 1.7, 1.5, 1.6, 1.5], verdict: 'faster' },
    { what: 'as often one as the other', ratios: [1.5, 0.6, 1.4, 0.7, 1.3, 0.8], verdict: 'not told apart' },
    {
      what: 'always the same tiny bit',
      ratios: [1.01, 1.01, 1.01, 1.01, 1.01, 1.01, 1.01, 1.01],
      verdict: 'not told apart',
    },
    { what: 'too few pairs, however far off', ratios: [9, 9, 9, 9, 9], verdict: 'not told apart' },
  ])('on $what is "$verdict"', ({ ratios, verdict }) => {
    expect(ratioOf(ratios).verdict).toBe(verdict);
  });

  test('comes with the middle of the ratios and both ends', () => {
    expect(ratioOf([1.2, 1.1, 1.6, 1.3])).toMatchObject({ median: 1.25, least: 1.1, most: 1.6 });
    expect(median([3, 1, 2])).toBe(2);
  });
});

describe('the speed of a later revision', () => {
  const pairs = Array.from({ length: 6 }, () => ({
    before: { p50Ms: 10, requestsPerSecond: 100 },
    now: { p50Ms: 5, requestsPerSecond: 300 },
  }));
  const compared = { level: 'http', scenario: 'single', pairs } as const;

  test.each<{ load: Pick<Compared & { inFlight: number }, 'inFlight'> | { perSecond: number }; times: number }>([
    { load: { inFlight: 1 }, times: 2 },
    { load: { inFlight: 16 }, times: 3 },
    { load: { perSecond: 40 }, times: 2 },
  ])('is that of its times, and under many requests of what it gets done: $load', ({ load, times }) => {
    expect(speedRatio({ ...compared, ...load }).median).toBe(times);
  });
});
