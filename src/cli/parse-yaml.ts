import { isScalar, parseDocument, visit } from 'yaml';
import { isExactNumber, writeAsText } from '../base/exact-number.ts';
import { quote } from '../base/text-problem.ts';

/** Reads YAML, or JSON; throws a sentence for what is not, and for a number that would be rounded. */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  // What follows the sentence is the place again, drawn.
  if (error !== undefined) throw new Error(`${error.message.split(':\n')[0]?.replace(/\.$/, '')}.`, { cause: error });
  visit(document, {
    Scalar: (_key, node) => {
      if (!isScalar(node) || typeof node.value !== 'number' || node.source === undefined) return;
      if (isExactNumber(node.source)) return;
      const line = text.slice(0, node.range?.[0] ?? 0).split('\n').length;
      throw new Error(`The number ${quote(node.source)} in line ${line} ${writeAsText}.`);
    },
  });
  return document.toJS();
}
