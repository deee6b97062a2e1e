import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSONObject } from 'graphql-scalars';
import { isExactNumber, writeAsText } from '../base/exact-number.ts';
import type { Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { type ConsistencyToken, formatConsistencyToken, parseConsistencyToken } from '../model/consistency-token.ts';
import { formatObjectRef, type ObjectRef, parseObjectRef } from '../model/object-ref.ts';
import { formatSubjectRef, parseSubjectRef, type SubjectRef } from '../model/subject-ref.ts';
import { checkContext } from './check-context.ts';
import { badInput } from './errors.ts';

/** References leave as references, or as text that was made of one. */
export type ObjectRefOutput = ObjectRef | string;
export type SubjectRefOutput = SubjectRef | string;

export const scalarResolvers = {
  ObjectRef: refScalar<ObjectRef>('ObjectRef', parseObjectRef, formatObjectRef),
  SubjectRef: refScalar<SubjectRef>('SubjectRef', parseSubjectRef, formatSubjectRef),
  ConsistencyToken: refScalar<ConsistencyToken>('ConsistencyToken', parseConsistencyToken, formatConsistencyToken),
  DateTime: dateTimeScalar(),
  JSONObject: contextScalar(),
};

/** A scalar whose text goes through the one parser of its kind: what passes here is well-formed everywhere. */
function refScalar<Ref extends object>(
  name: string,
  parse: (text: string) => Result<Ref, string>,
  format: (ref: Ref) => string,
): GraphQLScalarType<Ref, string> {
  const read = (value: unknown, nodes?: ValueNode): Ref => {
    if (typeof value !== 'string') throw badInput(`A ${name} is a string.`, nodes);
    const parsed = parse(value);
    if (!parsed.ok) throw badInput(parsed.problem, nodes);
    return parsed.value;
  };
  return new GraphQLScalarType<Ref, string>({
    name,
    serialize: (value) => (typeof value === 'string' ? value : format(value as Ref)),
    parseValue: (value) => read(value),
    parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined, node),
  });
}

/** Instants of the years 1 to 9999: Postgres has no year 0, and years with five digits are no RFC 3339. */
function dateTimeScalar(): GraphQLScalarType<Date, string> {
  const inRange = (instant: Date): Date => {
    const year = instant.getUTCFullYear();
    if (year < 1 || year > 9999) throw badInput('A DateTime is in the years 1 to 9999.');
    return instant;
  };
  return new GraphQLScalarType<Date, string>({
    name: 'DateTime',
    serialize: GraphQLDateTimeISO.serialize,
    parseValue: (value) => inRange(instantOf(value, () => GraphQLDateTimeISO.parseValue(value))),
    parseLiteral: (node, variables) => {
      const written = 'value' in node ? node.value : node.kind;
      return inRange(instantOf(written, () => GraphQLDateTimeISO.parseLiteral(node, variables), node));
    },
  });
}

/** The library's own sentence quotes nothing and says no form that would be right. */
function instantOf(written: unknown, read: () => Date, node?: ValueNode): Date {
  try {
    return read();
  } catch {
    throw badInput(`${quote(String(written))} is no DateTime; write one as in "2027-01-31T12:00:00Z".`, node);
  }
}

/** A JSON object whose keys and texts can be stored, and that is no larger than a context may be: see `checkContext`. */
function contextScalar(): GraphQLScalarType {
  return new GraphQLScalarType({
    name: 'JSONObject',
    serialize: GraphQLJSONObject.serialize,
    parseValue: (value) => checked(GraphQLJSONObject.parseValue(value), checkContext),
    parseLiteral: (node, variables) => {
      checkNumbers(node);
      return checked(GraphQLJSONObject.parseLiteral(node, variables), checkContext);
    },
  });
}

function checked(value: unknown, check: (value: unknown) => void): unknown {
  check(value);
  return value;
}

/** A literal is read into a double; variables have been through the parser of bodies. */
function checkNumbers(node: ValueNode): void {
  if (node.kind === Kind.LIST) for (const item of node.values) checkNumbers(item);
  else if (node.kind === Kind.OBJECT) for (const { value } of node.fields) checkNumbers(value);
  else if ((node.kind === Kind.INT || node.kind === Kind.FLOAT) && !isExactNumber(node.value)) {
    throw badInput(`The number ${quote(node.value)} ${writeAsText}.`, node);
  }
}
