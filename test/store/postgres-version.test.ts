import { expect, test } from 'vitest';
import { versionProblem } from '../../src/store/postgres/postgres-version.ts';

test.each([
  [140_009, 'The database is PostgreSQL 14.9, and Postern needs 15 or newer'],
  [100_023, 'The database is PostgreSQL 10.23, and Postern needs 15 or newer'],
])('version %s is refused', (version, sentence) => {
  expect(versionProblem(version)).toContain(sentence);
});

test.each([150_000, 160_004, 180_004])('version %s is taken', (version) => {
  expect(versionProblem(version)).toBeUndefined();
});
