import { isAlias, isScalar, parseDocument, visit } from 'yaml';
import { isExactNumber, writeAsText } from '../base/exact-number.ts';
import { quote } from '../base/text-problem.ts';
import { yamlSentence } from './yaml-sentence.ts';

/** Reads YAML, or JSON; throws a sentence for what is not, and for a number that would be rounded. */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new Error(yamlSentence(text, error), { cause: error });
  const lineOf = (position = 0) => text.slice(0, position).split('\n').length;
  visit(document, {
    Scalar: (_key, node) => {
      if (!isScalar(node) || typeof node.value !== 'number' || node.source === undefined) return;
      if (isExactNumber(node.source)) return;
      throw new Error(`The number ${quote(node.source)} in line ${lineOf(node.range?.[0])} ${writeAsText}.`);
    },
    Alias: (_key, node) => {
      if (!isAlias(node) || node.resolve(document) !== undefined) return;
      const written = `*${node.source}`;
      throw new Error(
        `line ${lineOf(node.range?.[0])} refers to ${quote(written)}, which is nowhere; write text in quotes.`,
      );
    },
  });
  return document.toJS();
}
