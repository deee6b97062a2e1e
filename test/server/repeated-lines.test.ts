import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { periodMs, RepeatedLines, writtenOfEach } from '../../src/server/repeated-lines.ts';

let told: (readonly [message: string, detail: string, left: number])[];
let lines: RepeatedLines;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  lines = new RepeatedLines(({ message, detail }, left) => told.push([message, detail, left]));
});

afterEach(() => vi.useRealTimers());

const write = (message: string, detail: string, times: number) =>
  Array.from({ length: times }, () => lines.isNews({ message, detail })).filter(Boolean).length;

test('of lines that say the same the first are written, and the others are told as a number', () => {
  expect(write('It failed.', 'why', 100)).toBe(writtenOfEach);
  vi.advanceTimersByTime(periodMs);
  expect(told).toEqual([['It failed.', 'why', 100 - writtenOfEach]]);
});

test('the one that says something else is written, whatever there is a lot of', () => {
  write('It failed.', 'why', 1000);
  expect([write('It failed.', 'another why', 1), write('Another thing.', 'why', 1)]).toEqual([1, 1]);
});

test('nothing is told of what was written', () => {
  write('It failed.', '', writtenOfEach);
  vi.advanceTimersByTime(periodMs);
  expect(told).toEqual([]);
});

test('each period begins anew', () => {
  for (let period = 1; period <= 3; period++) {
    expect(write('It failed.', '', 10)).toBe(writtenOfEach);
    vi.advanceTimersByTime(periodMs);
    expect(told).toHaveLength(period);
  }
});

test('however many are different, all of them are written, and few are remembered', () => {
  const written = Array.from({ length: 5000 }, (_, index) => write('It failed.', `why ${index}`, 1));
  expect(written).not.toContain(0);
  vi.advanceTimersByTime(periodMs);
  expect(told).toEqual([]);
});
