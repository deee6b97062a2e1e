import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';

/** What servers of the version before may miss: docs/upgrading.md. */
const takingAway: readonly RegExp[] = [
  /^ALTER TABLE .* DROP (?!CONSTRAINT|DEFAULT)/i,
  /^ALTER TABLE .* RENAME /i,
  /^ALTER TABLE .* ALTER COLUMN .* (?:TYPE|SET DATA TYPE|SET NOT NULL|DROP DEFAULT)/i,
  /^ALTER TABLE .* ADD COLUMN (?=.* NOT NULL)(?!.* (?:DEFAULT|GENERATED) )/i,
  /^ALTER TABLE .* ADD CONSTRAINT .* (?:CHECK|UNIQUE|FOREIGN KEY|EXCLUDE)/i,
  /^DROP (?:TABLE|VIEW|FUNCTION|TYPE|SEQUENCE|ROLE|SCHEMA)/i,
  /^CREATE UNIQUE INDEX/i,
  /^REVOKE (?!.* FROM PUBLIC$)/i,
  /^TRUNCATE/i,
];

const saysSo = /UPDATE "?store"? SET "?oldest_schema"? = \d{13}\b/i;

function statementsOf(text: string): readonly string[] {
  return text
    .replaceAll(/^\s*--(?!> ).*$/gm, '')
    .split('--> statement-breakpoint')
    .map((statement) => statement.replaceAll(/\s+/g, ' ').trim().replace(/;$/, ''));
}

/** Statements that take away, of a migration that does not say who may not work any more. */
function silentlyTaken(text: string): readonly string[] {
  if (saysSo.test(text)) return [];
  // A table that the same migration makes is missed by nobody.
  const made = Array.from(text.matchAll(/CREATE TABLE "(\w+)"/g), ([, name = '']) => name);
  return statementsOf(text).filter(
    (statement) =>
      takingAway.some((pattern) => pattern.test(statement)) && !made.some((name) => statement.includes(`"${name}"`)),
  );
}

describe('what takes away', () => {
  test.each([
    'DROP TABLE "change";',
    'ALTER TABLE "store" DROP COLUMN "identity";',
    'ALTER TABLE "store" RENAME COLUMN "identity" TO "name";',
    'ALTER TABLE "model" ALTER COLUMN "created_by" SET NOT NULL;',
    'ALTER TABLE "term" ALTER COLUMN "number" SET DATA TYPE integer;',
    'ALTER TABLE "model" ADD COLUMN "size" integer NOT NULL;',
    'ALTER TABLE "model" ADD CONSTRAINT "small" CHECK (length("dsl") < 10);',
    'CREATE UNIQUE INDEX "once" ON "model" ("dsl");',
    'REVOKE UPDATE ON "store" FROM "postern_app";',
  ])('%s is found, unless the migration says who may not work any more', (statement) => {
    expect(silentlyTaken(`-- A comment.\n${statement}`)).toHaveLength(1);
    expect(
      silentlyTaken(`${statement}--> statement-breakpoint\nUPDATE "store" SET "oldest_schema" = 1796015238965;`),
    ).toEqual([]);
  });

  test.each([
    'ALTER TABLE "store" ADD COLUMN "size" bigint DEFAULT 0 NOT NULL;',
    'ALTER TABLE "model" ADD COLUMN "note" text;',
    'CREATE TABLE "note" ("id" integer NOT NULL);--> statement-breakpoint\nALTER TABLE "note" ADD CONSTRAINT "one" CHECK ("id" = 1);',
    'CREATE INDEX "often" ON "model" ("dsl");',
    'REVOKE ALL ON FUNCTION "f"() FROM PUBLIC;',
    'GRANT SELECT ON "model" TO "postern_app";',
  ])('%s is none', (text) => {
    expect(silentlyTaken(text)).toEqual([]);
  });
});

test('no migration is passed over: each is listed, and made after the one before', () => {
  const { entries }: { readonly entries: readonly { readonly tag: string; readonly when: number }[] } = JSON.parse(
    readFileSync('drizzle/meta/_journal.json', 'utf8'),
  );
  expect(entries.map(({ tag }) => `${tag}.sql`)).toEqual(globSync('*.sql', { cwd: 'drizzle' }).toSorted());
  // A database that has one is taken to have those that were made before it.
  const times = entries.map(({ when }) => when);
  expect(times).toEqual([...new Set(times)].toSorted((left, right) => left - right));
});

/** Those before are of a time when no release was out. */
const firstReleased = '0008';

const migrations = globSync('drizzle/*.sql').filter((file) => basename(file) >= firstReleased);

test.each(migrations)('%s leaves servers of the version before what they need', (file) => {
  expect(silentlyTaken(readFileSync(file, 'utf8'))).toEqual([]);
});
