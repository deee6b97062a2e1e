import { quote } from '../base/text-problem.ts';

/**
 * What is wrong with a text that is no YAML, said of its line: the library's own sentences are about its grammar
 * ("Nested mappings are not allowed in compact mappings").
 */
export function yamlSentence(text: string, error: YamlError): string {
  const [{ line = 1 } = {}] = error.linePos ?? [];
  const lines = text.split('\n');
  // What is found only at the end stands before it.
  const number = lines.slice(0, line).findLastIndex((one) => one.trim() !== '') + 1;
  const shown = lines[number - 1]?.trim() ?? '';
  return `line ${Math.max(1, number)}, ${quote(shown)}, ${problemOf(text, error)}.`;
}

/** What the library throws. */
interface YamlError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [start: number, end: number];
  readonly linePos?: readonly { readonly line: number }[] | undefined;
}

function problemOf(text: string, { code, message, pos: [start] }: YamlError): string {
  const closing = /^Flow (map|sequence)|Missing closing (.)/.exec(message);
  if (closing !== null) return unclosed(closing[1] ?? closing[2] ?? '');
  if (code === 'DUPLICATE_KEY') {
    const [key = ''] = /^[^\s:,}]+/.exec(text.slice(start)) ?? [];
    return `says the key ${quote(key)} a second time; leave one of them out`;
  }
  return sentences.get(code) ?? 'is not YAML there; write it as "key: value", or as "- item"';
}

function unclosed(what: string): string {
  if (what === 'map') return 'does not close a "{" before it; write "}"';
  if (what === 'sequence') return 'does not close a "[" before it; write "]"';
  return `does not close the text in quotes; write another ${what === '"' ? `'"'` : '"\'"'}`;
}

const keyAndValue = 'is not of the form "key: value"';

const sentences: ReadonlyMap<string, string> = new Map([
  ['BAD_ALIAS', 'has text that begins with "*" or "&"; write it in quotes'],
  ['BAD_SCALAR_START', 'has text that begins with a character with a meaning of its own; write it in quotes'],
  ['BAD_DQ_ESCAPE', 'has an unknown escape after a "\\"; write "\\\\" for the character itself'],
  ['BAD_INDENT', 'is indented by another number of spaces than its neighbours; write the same'],
  [
    'BLOCK_AS_IMPLICIT_KEY',
    'has a ":" too much, or the line after it is indented too far; write each key on a line of its own',
  ],
  ['BLOCK_IN_FLOW', 'has lines inside of braces; write them with commas between'],
  ['MISSING_CHAR', `${keyAndValue}, or lacks a "," between two of them`],
  ['MULTILINE_IMPLICIT_KEY', keyAndValue],
  ['MULTIPLE_DOCS', 'begins a second document; a file is one'],
  ['TAB_AS_INDENT', 'begins with a tab; indent with spaces'],
]);
