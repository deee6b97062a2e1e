import { didYouMean } from '../../../base/did-you-mean.ts';
import { failed, ok, type Result } from '../../../base/result.ts';
import { quote } from '../../../base/text-problem.ts';
import { CaveatParser } from './parse-caveat.ts';
import { parseExpression } from './parse-expression.ts';
import { parseSubjectTypes } from './parse-subject-types.ts';
import type { Caveat, Definition, LineProblem, Permission, Placed, Schema, SchemaRelation } from './schema.ts';
import { TokenReader } from './token-reader.ts';
import { SchemaSyntax } from './tokens.ts';

/** Reads SpiceDB's schema language, whose first line is one of a file. What the names mean is not looked at; see `schemaProblems`. */
export function parseSchema(text: string, firstLine = 1): Result<Schema, readonly LineProblem[]> {
  try {
    return ok(readSchema(new TokenReader(text, firstLine)));
  } catch (error) {
    if (!(error instanceof SchemaSyntax)) throw error;
    return failed([{ line: error.line, message: error.message }]);
  }
}

const heads = ['definition', 'caveat', 'use', 'import', 'partial'];

function readSchema(tokens: TokenReader): Schema {
  const [definitions, caveats, uses]: [Definition[], Caveat[], Placed[]] = [[], [], []];
  for (;;) {
    tokens.skip(';');
    const head = tokens.next();
    if (head.kind === 'end') return { definitions, caveats, uses };
    switch (head.text) {
      case 'use':
        uses.push(readUse(tokens));
        break;
      case 'definition':
        definitions.push(readDefinition(tokens));
        break;
      case 'caveat':
        caveats.push(new CaveatParser(tokens).read());
        break;
      default:
        throw new SchemaSyntax(head.line, headProblem(head.text));
    }
  }
}

function headProblem(text: string): string {
  if (text === 'import' || text === 'partial') {
    return `The schema is in parts: ${quote(text)} has no meaning in one alone. Next: put them together with "zed schema compile", and import what that prints.`;
  }
  return `Nothing of a schema begins with ${quote(text)}.${didYouMean(text, heads) || ' Write "definition" or "caveat".'}`;
}

const flags = ['expiration', 'typechecking', 'self', 'partial', 'import'];

function readUse(tokens: TokenReader): Placed {
  const flag = tokens.name('a flag after "use"');
  tokens.flags.add(flag.name);
  if (flags.includes(flag.name)) return flag;
  throw new SchemaSyntax(flag.line, `The flag ${quote(flag.name)} is not known.${didYouMean(flag.name, flags)}`);
}

/** `definition name { … }` */
function readDefinition(tokens: TokenReader): Definition {
  const path = tokens.path('the name of a definition');
  tokens.take('{');
  const [relations, permissions]: [SchemaRelation[], Permission[]] = [[], []];
  for (;;) {
    tokens.skip(';');
    if (tokens.skip('}')) return { ...path, relations, permissions };
    const head = tokens.next();
    if (head.text === 'relation') relations.push(readRelation(tokens));
    else if (head.text === 'permission') permissions.push(readPermission(tokens));
    else throw new SchemaSyntax(head.line, memberProblem(path.name, head.kind === 'end' ? undefined : head.text));
  }
}

function memberProblem(definition: string, text: string | undefined): string {
  if (text === undefined) return `The definition ${quote(definition)} is not closed; write "}" behind it.`;
  const near = didYouMean(text, ['relation', 'permission']) || ' Write "relation" or "permission".';
  return `Nothing of a definition begins with ${quote(text)}.${near}`;
}

function readRelation(tokens: TokenReader): SchemaRelation {
  const name = tokens.name('the name of a relation');
  tokens.take(':');
  return { ...name, subjects: parseSubjectTypes(tokens) };
}

/** The types that it may be held by say what the expression says as well (`use typechecking`). */
function readPermission(tokens: TokenReader): Permission {
  const name = tokens.name('the name of a permission');
  if (tokens.skip(':')) parseSubjectTypes(tokens);
  tokens.take('=');
  return { ...name, expression: parseExpression(tokens) };
}
