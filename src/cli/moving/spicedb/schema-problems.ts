import { didYouMean } from '../../../base/did-you-mean.ts';
import { quote } from '../../../base/text-problem.ts';
import {
  type Definition,
  findDefinition,
  findMember,
  type LineProblem,
  type Placed,
  type Schema,
  type SchemaExpression,
  type SubjectType,
} from './schema.ts';

/** Names in a schema that are nowhere or twice, of which SpiceDB would have refused each. */
export function schemaProblems(schema: Schema): readonly LineProblem[] {
  const problems = [
    ...twice('definition', schema.definitions),
    ...twice('caveat', schema.caveats),
    ...schema.definitions.flatMap((definition) => definitionProblems(schema, definition)),
  ];
  return problems.toSorted((left, right) => left.line - right.line);
}

function twice(what: string, all: readonly Placed[]): readonly LineProblem[] {
  const first = new Map(all.toReversed().map((one) => [one.name, one]));
  return all.flatMap((one) => {
    const before = first.get(one.name);
    if (before === one || before === undefined) return [];
    return [{ line: one.line, message: `The ${what} ${quote(one.name)} stands in line ${before.line} already.` }];
  });
}

function definitionProblems(schema: Schema, definition: Definition): readonly LineProblem[] {
  const { relations, permissions } = definition;
  const members = [...relations, ...permissions].toSorted((left, right) => left.line - right.line);
  return [
    ...twice(`relation or permission of ${quote(definition.name)}`, members),
    ...relations.flatMap(({ subjects }) => subjects.flatMap((subject) => subjectProblems(schema, subject))),
    ...permissions.flatMap(({ expression }) => expressionProblems(definition, expression)),
  ];
}

function subjectProblems(schema: Schema, { kind, type, relation, caveat, line }: SubjectType): readonly LineProblem[] {
  const definition = findDefinition(schema, type);
  if (definition === undefined) {
    const near = didYouMean(
      type,
      schema.definitions.map(({ name }) => name),
    );
    return [{ line, message: `There is no definition ${quote(type)}.${near}` }];
  }
  const noCaveat = caveat !== undefined && !schema.caveats.some(({ name }) => name === caveat);
  return [
    ...(kind === 'set' && findMember(definition, relation) === undefined
      ? [{ line, message: noMember(definition, relation) }]
      : []),
    ...(noCaveat ? [{ line, message: `There is no caveat ${quote(caveat)}.` }] : []),
  ];
}

function noMember(definition: Definition, name: string): string {
  const known = [...definition.relations, ...definition.permissions].map((one) => one.name);
  return `The definition ${quote(definition.name)} has no relation or permission ${quote(name)}.${didYouMean(name, known)}`;
}

function expressionProblems(definition: Definition, expression: SchemaExpression): readonly LineProblem[] {
  switch (expression.kind) {
    case 'union':
    case 'intersection':
      return expression.operands.flatMap((operand) => expressionProblems(definition, operand));
    case 'exclusion':
      return [expression.base, expression.subtracted].flatMap((one) => expressionProblems(definition, one));
    case 'name':
      if (findMember(definition, expression.name) !== undefined) return [];
      return [{ line: expression.line, message: noMember(definition, expression.name) }];
    case 'arrow':
      return arrowProblems(definition, expression.through, expression.line);
    default:
      return [];
  }
}

function arrowProblems(definition: Definition, through: string, line: number): readonly LineProblem[] {
  const member = findMember(definition, through);
  if (member === undefined) return [{ line, message: noMember(definition, through) }];
  if ('subjects' in member) return [];
  return [{ line, message: `An arrow begins at a relation, and ${quote(through)} is a permission.` }];
}
