/** A piece of a line of a model's text. */
export interface ModelToken {
  readonly kind: 'comment' | 'word' | 'name' | 'plain';
  readonly text: string;
}

const words: ReadonlySet<string> = new Set([
  ...['model', 'schema', 'module', 'type', 'extend', 'relations', 'define', 'condition'],
  ...['or', 'and', 'but', 'not', 'from', 'with'],
]);
const introducing: ReadonlySet<string> = new Set(['module', 'type', 'define', 'condition']);

/** A line as pieces that look different. It only colours: what the text means is the server's to say. */
export function modelTokens(line: string): readonly ModelToken[] {
  // As the language has it: a sign that stands in a word, as in team#member, begins no comment.
  const end = /(?:^|\s)#/.exec(line)?.index ?? line.length;
  const pieces = line.slice(0, end).match(/\s+|[()[\]{},:]|[^\s()[\]{},:]+/g) ?? [];
  let last: string | undefined;
  const tokens = pieces.map((text): ModelToken => {
    const kind = kindOf(text, last);
    if (text.trim() !== '') last = text;
    return { kind, text };
  });
  return end === line.length ? tokens : [...tokens, { kind: 'comment', text: line.slice(end) }];
}

function kindOf(text: string, last: string | undefined): ModelToken['kind'] {
  if (last !== undefined && introducing.has(last) && /^\S/.test(text)) return 'name';
  return words.has(text) ? 'word' : 'plain';
}
