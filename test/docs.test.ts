import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const pages = ['README.md', ...globSync(['docs/**/*.md', 'examples/**/*.md', 'packages/guard/*.md'])];

interface Link {
  readonly page: string;
  readonly target: string;
}

const links = pages
  .flatMap((page) =>
    Array.from(withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']): Link => ({ page, target })),
  )
  .filter(({ target }) => !/^[a-z]+:/.test(target));

describe('the links between the pages', () => {
  test('are found', () => {
    expect(links.length).toBeGreaterThan(200);
  });

  test('lead to files that are there', () => {
    const broken = links.filter(({ page, target }) => !existsSync(fileOf(page, target)));
    expect(broken).toEqual([]);
  });

  test('lead to every page', () => {
    const found = new Set(
      links.filter(({ page, target }) => fileOf(page, target) !== page).map((one) => fileOf(one.page, one.target)),
    );
    expect(pages.filter((page) => page !== 'README.md' && !found.has(page))).toEqual([]);
  });

  test('lead to headings that are there', () => {
    const broken = links.filter(({ page, target }) => {
      const [, heading] = target.split('#');
      return heading !== undefined && !headingsOf(fileOf(page, target)).has(heading);
    });
    expect(broken).toEqual([]);
  });
});

describe('the glossary', () => {
  const rows = Array.from(
    read('docs/glossary.md').matchAll(/^\| \*\*(.+?)\*\* \| (.+?) \| (?:.*?) ?\| (\[`.+\)) \|$/gm),
    ([, word = '', sentence = '', defined = '']) => ({ word, sentence, defined }),
  );
  const definitions = rows.flatMap(({ word, defined }) =>
    Array.from(defined.matchAll(/\[`(\w+)`\]\((.+?)\)/g), ([, name = '', file = '']) => ({
      word,
      name,
      file: join('docs', file),
    })),
  );

  test('is a table that this test reads, each word once', () => {
    const lines = read('docs/glossary.md').match(/^\| \*\*/gm) ?? [];
    expect(rows).toHaveLength(lines.length);
    expect(rows.length).toBeGreaterThan(50);
    expect(new Set(rows.map(({ word }) => word)).size).toBe(rows.length);
    expect(new Set(definitions.map(({ word }) => word)).size).toBe(rows.length);
  });

  test.each(rows)('$word: one sentence', ({ sentence }) => {
    expect(sentence).toMatch(/^[A-Z`].*[^.][.?]$/);
    expect(sentence).not.toMatch(/\. [A-Z]/);
  });

  test.each(definitions)('$word: $file defines $name', ({ name, file }) => {
    const definition = `^(?:export )?(?:async )?(?:function\\*?|class|interface|type|const) ${name}\\b`;
    expect(read(file)).toMatch(new RegExp(definition, 'm'));
  });
});

function read(path: string): string {
  return readFileSync(path, 'utf8');
}

function fileOf(page: string, target: string): string {
  const [path = ''] = target.split('#');
  return path === '' ? page : join(dirname(page), path);
}

/** As GitHub makes anchors of headings. */
function headingsOf(page: string): ReadonlySet<string> {
  const headings = withoutCode(read(page)).matchAll(/^#+ (.+)$/gm);
  return new Set(
    Array.from(headings, ([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```.*?^```$/gms, '');
}
