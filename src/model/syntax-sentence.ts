import { didYouMean, nearestName } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';

/**
 * What is wrong with a line of a model, said of the line: the parser's own sentences are about its tokens
 * ("Mismatched input ' '"). Undefined for a message that is none of the parser's.
 */
export function syntaxSentence(
  lines: readonly string[],
  line: number,
  column: number,
  message: string,
): string | undefined {
  if (!parserMessages.test(message)) return undefined;
  const text = lines[line - 1] ?? '';
  const words = wordsOf(text);
  const isFirst = lines.slice(0, line - 1).every((one) => wordsOf(one).length === 0);
  if (message.startsWith('token recognition')) {
    const character = text.charAt(column - 1);
    return `The character ${quote(character)} has no place here.${character === '=' ? ' Did you mean "=="?' : ''}`;
  }
  if (words.length === 0) return missingAtEnd(lines);
  if (isFirst && words[0] !== 'model' && words[0] !== 'module') {
    return `${noModel}, not with ${quote(words[0] ?? '')}.${near(words[0], ['model', 'module'])}`;
  }
  const before = lines.slice(0, line - 1).findLast((one) => wordsOf(one).length > 0);
  if (before?.trim() === 'model' && words[0] !== 'schema') {
    const nearest = near(words[0], ['schema']);
    return nearest === '' ? schemaMissing : `A line of a model does not begin with ${quote(words[0] ?? '')}.${nearest}`;
  }
  return headSentence(words) ?? bodySentence(text, words) ?? noPlace(text, column);
}

/** How the sentence begins about a text whose first line is that of no model. */
export const noModel = 'A model begins with "model" and below it "schema 1.1"';

const schemaMissing = 'The schema is missing below "model"; write "schema 1.1".';

const parserMessages = /^(?:mismatched input|extraneous input|no viable alternative|missing |token recognition)/;

const heads = ['model', 'module', 'schema', 'type', 'extend', 'relations', 'define', 'condition'];

function wordsOf(text: string): readonly string[] {
  return text.replace(/(^|\s)#.*$/, '').match(/[^\s:[\](),{}]+|[:[\](),{}]/g) ?? [];
}

function near(word: string | undefined, known: readonly string[]): string {
  return word === undefined ? '' : didYouMean(word, known);
}

/** A line that begins with a word of no kind, or that ends after its first word. */
function headSentence([head = '', name, ...rest]: readonly string[]): string | undefined {
  if (!heads.includes(head)) {
    return `A line of a model does not begin with ${quote(head)}.${near(head, heads) || ` It begins with ${heads.map(quote).join(', ')}.`}`;
  }
  if (head === 'schema' && name !== '1.1')
    return `The schema ${quote(name ?? '')} is not supported; write "schema 1.1".`;
  const isNamed = ['type', 'define', 'condition', 'module'].includes(head);
  if (isNamed && (name === undefined || /^\W$/.test(name))) return `A name is missing after ${quote(head)}.`;
  const isWhole = head === 'type' || head === 'model' || head === 'relations';
  const extra = head === 'type' ? rest[0] : isWhole ? name : undefined;
  return extra === undefined
    ? undefined
    : `${quote(extra)} has no place after ${quote(head)}; write it on a line of its own.`;
}

function bodySentence(text: string, [head, name = '', ...rest]: readonly string[]): string | undefined {
  if (head === 'define') return defineSentence(name, rest);
  return head === 'condition' ? parameterSentence(text) : undefined;
}

/** `define name: …`: the colon, the brackets, and what stands between the relations. */
function defineSentence(name: string, rest: readonly string[]): string | undefined {
  const [colon, ...expression] = rest;
  if (colon !== ':') {
    if (colon !== undefined && rest.includes(':')) {
      return `A name has no spaces: write ${quote([name, ...rest.slice(0, rest.indexOf(':'))].join('_'))}.`;
    }
    return `A ":" is missing after "define ${name}".`;
  }
  for (const [open, close] of [
    ['[', ']'],
    ['(', ')'],
  ] as const) {
    const count = (word: string) => expression.filter((one) => one === word).length;
    if (count(open) > count(close)) return `The ${quote(open)} is not closed; write ${quote(close)}.`;
    if (count(close) > count(open))
      return `The ${quote(close)} closes nothing; take it out, or write ${quote(open)} before it.`;
  }
  if (expression.length === 0) return `What gives ${quote(name)} is missing after ":"; write "[user]", for instance.`;
  return restrictionSentence(expression) ?? operatorSentence(expression);
}

/** Inside the brackets: `user`, `user:*`, `team#member`, each perhaps `with` a condition. */
function restrictionSentence(expression: readonly string[]): string | undefined {
  const [start, end] = [expression.indexOf('['), expression.indexOf(']')];
  if (start < 0) return undefined;
  const inside = expression.slice(start + 1, end);
  if (inside.length === 0) return '"[]" names no type; write "[user]", for instance.';
  for (const entry of inside.join(' ').split(' , ')) {
    const [, second, ...others] = entry.replaceAll(' : ', ':').split(' ');
    if (second !== undefined && second !== 'with') {
      return `${quote(second)} has no place after a type in brackets.${near(second, ['with']) || ' Write "," before the next type.'}`;
    }
    if (second === 'with' && others.length !== 1)
      return 'One condition is named after "with"; write "," before the next type.';
  }
  return undefined;
}

const operators = ['or', 'and', 'but', 'from'];

/** Between operands stands one of the operators; several of them need parentheses. */
function operatorSentence(expression: readonly string[]): string | undefined {
  const flat = withoutBrackets(expression);
  const last = flat.at(-1) ?? '';
  if (operators.includes(last) || last === 'not') return `Something is missing after ${quote(last)}.`;
  const used = new Set<string>();
  for (const [index, word] of flat.entries()) {
    const before = flat[index - 1];
    if (before === 'but') {
      if (word !== 'not') return `${quote(word)} has no place after "but"; write "but not".`;
      continue;
    }
    const isAfterOperand = before !== undefined && before !== 'not' && !operators.includes(before);
    if (isAfterOperand && !operators.includes(word)) return wrongOperator(word);
    if (isAfterOperand && word !== 'from') used.add(word);
  }
  if (used.size < 2) return undefined;
  return `${[...used].map((one) => (one === 'but' ? '"but not"' : quote(one))).join(' and ')} are mixed; say with parentheses which comes first.`;
}

function wrongOperator(word: string): string {
  const hint = nearestName(word, operators);
  const written = hint === 'but' ? 'but not' : hint;
  const help =
    written === undefined
      ? ' Write "or", "and", "but not" or "from" between relations.'
      : ` Did you mean ${quote(written)}?`;
  return `${quote(word)} has no place between relations.${help}`;
}

/** Brackets and what is in parentheses as one operand each. */
function withoutBrackets(expression: readonly string[]): readonly string[] {
  const flat: string[] = [];
  let depth = 0;
  for (const word of expression) {
    if (word === '[' || word === '(') {
      if (depth === 0) flat.push('…');
      depth += 1;
    } else if (word === ']' || word === ')') depth -= 1;
    else if (depth === 0) flat.push(word);
  }
  return flat;
}

const parameterTypes = ['bool', 'double', 'duration', 'int', 'ipaddress', 'list', 'map', 'string', 'timestamp', 'uint'];

function parameterSentence(text: string): string | undefined {
  if (!text.includes('('))
    return 'A condition names its parameters in parentheses: "condition in_time(until: timestamp) {".';
  for (const [, type = ''] of text.matchAll(/:\s*([A-Za-z_]\w*)/g)) {
    if (parameterTypes.includes(type)) continue;
    const help = near(type, parameterTypes) || ` The types are ${parameterTypes.join(', ')}.`;
    return `Unknown type ${quote(type)} of a parameter.${help}`;
  }
  return undefined;
}

/** The text ends too early: said of what its last line began. */
function missingAtEnd(lines: readonly string[]): string {
  const last = lines.findLast((one) => wordsOf(one).length > 0);
  if (last === undefined) return 'The model is empty; it begins with "model" and below it "schema 1.1".';
  const words = wordsOf(last);
  if (words[0] === 'model') return schemaMissing;
  const sentence = headSentence(words) ?? bodySentence(last, words);
  return sentence ?? `The text ends too early, after ${quote(last.trim())}.`;
}

function noPlace(text: string, column: number): string {
  const rest = text.slice(column - 1).trim();
  const [word = ''] = rest.split(/\s/);
  if (word === '') return `Something is missing at the end of ${quote(text.trim())}.`;
  return `${quote(word)} has no place in ${quote(text.trim())}.`;
}
