import { failed, ok, type Result } from '../../../base/result.ts';
import { quote } from '../../../base/text-problem.ts';
import { SyntaxProblem } from '../../../model/expression/syntax.ts';
import { type Token, tokensOf } from '../../../model/expression/tokens.ts';
import { currentTimeParameter } from '../../../model/runtime-parameters.ts';
import { formatCaveatType } from '../spicedb/parse-caveat.ts';
import type { Caveat, CaveatType } from '../spicedb/schema.ts';
import type { Construct, RefusedPart } from './construct.ts';
import type { SchemaNames } from './name-schema.ts';

/** A caveat as a condition. */
export interface TargetCondition {
  readonly name: string;
  readonly lines: readonly string[];
  readonly kind: Construct['kind'];
  readonly note: string | undefined;
}

const scalars: ReadonlySet<string> = new Set([
  ...['bool', 'string', 'int', 'uint', 'double', 'duration', 'timestamp', 'ipaddress'],
]);

export function translateCaveat(caveat: Caveat, names: SchemaNames): Result<TargetCondition, RefusedPart> {
  const wrong = caveat.parameters.find(({ type }) => !isKnownType(type));
  if (wrong !== undefined) return failed({ kind: 'parameter', why: noSuchType(wrong.name, wrong.type) });
  const read = readTokens(caveat);
  if (!read.ok) return read;
  if (read.value.some(({ kind, text }) => kind === 'symbol' && text === '{'))
    return failed({ kind: 'expression', why: braces });
  const renamed = new Map(caveat.parameters.map(({ name }) => [name, names.parameterOf(caveat.name, name)]));
  const twice = [...renamed.values()].find((name, index, all) => all.indexOf(name) !== index);
  if (twice !== undefined) return failed({ kind: 'name', why: `Two parameters would both be ${quote(twice)}.` });
  const parameters = caveat.parameters.map(({ name, type }) => `${renamed.get(name)}: ${formatCaveatType(type)}`);
  const body = withNames(caveat.expression, read.value, renamed);
  if (body === undefined) return failed({ kind: 'name', why: boundTwice });
  const name = names.caveatOf(caveat.name);
  const lines = [`condition ${name}(${parameters.join(', ')}) {`, ...body.map((line) => `  ${line}`), '}'];
  return ok({ name, lines, ...changesOf(caveat, read.value, renamed) });
}

function isKnownType({ name, of }: CaveatType): boolean {
  if (of.length === 0) return scalars.has(name);
  const [element] = of;
  return (
    (name === 'list' || name === 'map') &&
    of.length === 1 &&
    element !== undefined &&
    scalars.has(element.name) &&
    element.of.length === 0
  );
}

function noSuchType(parameter: string, type: CaveatType): string {
  return `The parameter ${quote(parameter)} is of the type ${quote(formatCaveatType(type))}, which conditions do not have.`;
}

function readTokens({ expression }: Caveat): Result<readonly Token[], RefusedPart> {
  try {
    return ok(tokensOf(expression).filter(({ kind }) => kind !== 'end'));
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return failed({ kind: 'expression', why: `The expression cannot be read: ${error.message}.` });
  }
}

const braces = 'It makes an object in braces, which the text of a model cannot hold. Next: compare the parts of it.';
const boundTwice = 'A parameter that is to have another name has that of a variable inside of the expression.';

/** The lines of an expression, without comments and with other names of parameters; undefined where a variable has such a name. */
function withNames(
  text: string,
  tokens: readonly Token[],
  renamed: ReadonlyMap<string, string>,
): readonly string[] | undefined {
  const changed = [...renamed].filter(([name, target]) => name !== target);
  const isBound = (token: Token, index: number) =>
    tokens[index - 1]?.text === '(' &&
    tokens[index + 1]?.text === ',' &&
    isMacro(tokens[index - 2]) &&
    changed.some((pair) => pair.includes(token.text));
  if (tokens.some(isBound)) return undefined;
  let [line, end] = ['', 0];
  const lines: string[] = [];
  for (const [index, token] of tokens.entries()) {
    const between = withoutComments(text.slice(end, token.at));
    if (between.includes('\n') && line !== '') lines.push(line);
    const gap = between.includes('\n') || line === '' ? '' : between.replaceAll(/\s+/g, ' ');
    const isField = tokens[index - 1]?.text === '.' || tokens[index + 1]?.text === '(';
    const shown = token.kind === 'name' && !isField ? (renamed.get(token.text) ?? token.text) : token.text;
    line = (between.includes('\n') ? '' : line) + gap + shown;
    end = token.at + token.text.length;
  }
  return [...lines, line].filter((one) => one !== '');
}

function isMacro(token: Token | undefined): boolean {
  return token !== undefined && ['all', 'exists', 'exists_one', 'filter', 'map'].includes(token.text);
}

function withoutComments(space: string): string {
  return space.replaceAll(/\/\/[^\n]*/g, '');
}

/** What is decided otherwise than by SpiceDB. */
function changesOf(
  { parameters }: Caveat,
  tokens: readonly Token[],
  renamed: ReadonlyMap<string, string>,
): Pick<TargetCondition, 'kind' | 'note'> {
  const isClock = [...renamed.values()].includes(currentTimeParameter);
  const joins = tokens.some(({ text }) => ['&&', '||', '?'].includes(text));
  const isPartial =
    joins &&
    (parameters.length > 1 || tokens.some(({ kind, text }) => kind === 'symbol' && /^(?:true|false)$/.test(text)));
  const time = parameters.find(
    ({ name, type }) => type.name === 'timestamp' && renamed.get(name) !== currentTimeParameter,
  );
  const notes = [
    ...(isClock ? [clockNote] : []),
    ...(isPartial ? [partialNote] : []),
    ...(time === undefined ? [] : [timeNote(time.name)]),
  ];
  return { kind: isClock || isPartial ? 'changed' : 'exact', note: notes.length === 0 ? undefined : notes.join(' ') };
}

const clockNote = `The clock fills ${quote(currentTimeParameter)}; a request or a relationship does not.`;
const partialNote =
  'Every parameter must have a value, also where SpiceDB decides without one: the question is undecided then, and nobody is let through.';

function timeNote(parameter: string): string {
  return `If ${quote(parameter)} is the time of the question, name it ${quote(currentTimeParameter)} in the file of --names: the clock fills it then.`;
}
